from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0004_other_members_told_of_an_absent_admin'),
    ]

    operations = [
        migrations.AddField(
            model_name='closurerequest',
            name='reminded_on',
            field=models.DateField(null=True),
        ),
    ]
