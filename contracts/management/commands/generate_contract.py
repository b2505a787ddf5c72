import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from coaching.documents.rendering import RenderFailed
from coaching.missions.access import coach_viewer
from coaching.missions.models import Mission
from contracts.access import contract_of
from contracts.checking import errors
from contracts.models import Contract
from contracts.services.sharing import current_pdf


class Command(BaseCommand):
    help = (
        "Write the contract of a mission as a PDF: the version last sent to the parties, or else the draft when nothing "
        "is missing. Without a reference, list the missions that are ready, one a line."
    )

    def add_arguments(self, parser):
        parser.add_argument("reference", nargs="?", help="of the mission, such as M-7K3FQ9XW2D")
        parser.add_argument("-o", "--output", metavar="FILE", help="where to write; - for standard output")

    def handle(self, *, reference, output, **options):
        with override("en"):
            if not reference:
                self._list()
            elif not output:
                raise CommandError("Say where to write: -o FILE, or -o - for standard output.")
            else:
                self._write(reference, output)

    def _list(self):
        for mission in Mission.unscoped.select_related("coach", "practice").order_by("pk"):
            contract = contract_of(coach_viewer(mission), mission)
            if contract and not self._missing(mission, contract):
                self.stdout.write(f"{mission.ref}  {mission.title}")

    def _missing(self, mission: Mission, contract: Contract) -> list[str]:
        return [str(finding.message) for finding in errors(coach_viewer(mission), contract)]

    def _write(self, reference: str, output: str):
        mission = Mission.unscoped.select_related("coach", "practice").filter(ref=reference).first()
        if mission is None:
            raise CommandError(
                f"There is no mission {reference}. Without a reference, this command lists those that are ready."
            )
        viewer = coach_viewer(mission)
        contract = contract_of(viewer, mission)
        if contract is None:
            raise CommandError(f"Mission {reference} has no contract yet.")
        try:
            content = current_pdf(viewer, contract)
        except RenderFailed as failed:
            raise CommandError(str(failed.message)) from failed
        if content is None:
            missing = "\n".join(f"  - {line}" for line in self._missing(mission, contract))
            raise CommandError(f"The contract of {reference} is not ready:\n{missing}")
        self._save(content, output)

    def _save(self, content: bytes, output: str):
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as wrong:
            raise CommandError(f"{output} cannot be written: {wrong.strerror}.") from wrong
        self.stderr.write(f"{output}: {len(content):,} bytes")
