"""veraPDF, the validator of the PDF Association, from Maven Central: one file, checked against its known digest."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

ARTIFACT, VERSION = "org.verapdf.apps:cli", "1.30.2"
SHA256 = "287cc9c9757f99dcff4a2d39b68268245b48103fb6af443162d5a29df2afa332"
PROFILES = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}


class NotHad(RuntimeError):
    """Java, Maven or the file itself cannot be had here; the message says which."""


def fetched(directory: Path) -> Path:
    """The validator as a file of ``directory``, fetched once."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise NotHad(f"{tool} is not installed")
    target = directory / f"cli-{VERSION}.jar"
    if not target.exists():
        command = ["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}:{VERSION}", f"-DoutputDirectory={directory}"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if done.returncode or not target.exists():
            raise NotHad(f"Maven does not bring {ARTIFACT}:{VERSION}")
    if hashlib.sha256(target.read_bytes()).hexdigest() != SHA256:
        raise NotHad(f"{target.name} is not the file it was when this was written")
    return target


def failures(jar: Path, files: list[Path], profile: str) -> list[list[str]]:
    """For each file, the rules of a profile that it breaks, with how often; nothing for one that conforms."""
    command = ["java", "-jar", jar, "--format", "json", "-f", profile, *files]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    jobs = {Path(job["itemDetails"]["name"]): job for job in json.loads(said)["report"]["jobs"]}
    return [_broken(jobs[file]) for file in files]


def _broken(job: dict) -> list[str]:
    (result,) = job["validationResult"]
    if result["compliant"]:
        return []
    rules = [one for one in result["details"]["ruleSummaries"] if one["failedChecks"]]
    return [
        f"{one['clause']}-{one['testNumber']} × {one['failedChecks']}: {one['description']}" for one in rules
    ]
