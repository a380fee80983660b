from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "khoithidua.web"
    label = "web"
