from django.urls import path

from . import own

public_urls = [
    path("accounts/unlock/", own.unlock, name="unlock"),
    path("accounts/unlock/code/", own.unlock_code, name="unlock_code"),
    path("accounts/key/", own.key, name="key"),
    path("accounts/key/code/", own.code, name="key_code"),
    path("accounts/key/code/confirm/", own.code_confirm, name="key_code_confirm"),
    path("accounts/key/code/later/", own.code_later, name="key_code_later"),
    path("accounts/key/replace/", own.replace, name="key_replace"),
    path("accounts/key/lost/", own.lost, name="key_lost"),
]
