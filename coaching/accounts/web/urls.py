from django.urls import path

from . import practice, public

public_urls = [
    path("invitation/<str:token>/", public.invitation_link, name="invitation_link"),
    path("invitation/", public.invitation, name="invitation"),
    path("drafts/", public.keep_form, name="keep_form"),
    path("seat/", public.take_seat, name="take_seat"),
    path("preferences/", public.preferences, name="preferences"),
    path("language/", public.choose_language, name="choose_language"),
]
practice_urls = [
    path("", practice.home, name="practice_home"),
    path("invite/", practice.invite_member, name="practice_invite"),
    path("invitations/<str:ref>/revoke/", practice.revoke_invitation, name="practice_invitation_revoke"),
    path("members/<str:ref>/end/", practice.end_member, name="practice_member_end"),
    path("settings/", practice.settings_page, name="practice_settings"),
]
