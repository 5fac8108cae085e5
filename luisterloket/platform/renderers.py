from django.forms.renderers import TemplatesSetting
class LuisterloketRenderer(TemplatesSetting): pass
