import re
import pytest
from tests.dashboards.exports.test_paper import whole
from apps.dashboards.releases import files
from apps.core.pdf import render_pdf
from tests.dashboards import samples

pytestmark = pytest.mark.django_db


def test_look(client):
    r = whole(is_demo=True, version=2)
    html = client.get(f"/publications/{r.slug}/fiche/").content.decode()
    open("/tmp/exp_out/fiche.html", "w").write(html.replace('"/static/', '"file:///work/main/static/'))
    from apps.dashboards.models import Release

    names = [n for n in dir(samples) if not n.startswith("_")]
    print(names)
    s = samples.five_quarters()[-1]
    for key in ("axes", "participation-region", "finances", "forces", "equilibre"):
        open(f"/tmp/exp_out/s-{key}.png", "wb").write(files.build_figure(key, s.pk).content)
    src = files.build_release(s.pk)
    p = render_pdf(src.html, at=src.at)
    open("/tmp/exp_out/release.pdf", "wb").write(p.content)
    print(p.pages)
