from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """One template draws every field of the platform: label, hint, control, error."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
