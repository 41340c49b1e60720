"""What drills have the program do, as `manage.py shell` runs it."""

DEPOSIT = """
import json, tempfile
from pathlib import Path
from chronicle.fulltexts import attach
from sources.fulltexts import extract
from sources.fulltexts.storing import Sent
from sources.models import Document
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "names.txt")
    path.write_text("Names of witnesses.")
    made = attach(Document.objects.order_by("pk").first(), Sent(path, extract(path)))
print(json.dumps(made.file.pk))
"""

PURGE = """
import json
from chronicle.fulltexts import purge
from sources.models import DocumentFile
purge(DocumentFile.objects.get(purged_at=None), reason="A drill.")
print(json.dumps(True))
"""

LEFT = """
import json
from django.conf import settings
from sources.models import DocumentFile, DocumentPage
files = sum(1 for path in settings.FILES_DIR.rglob("*") if path.is_file())
kept = DocumentFile.objects.filter(purged_at=None).count()
print(json.dumps([kept, DocumentPage.objects.count(), files]))
"""

PUBLISH = """
import json, time
from chronicle.models import Event
from chronicle.publication import publish
event = Event.objects.order_by("pk").first()
event.title = f"Drill {time.time_ns()}"
event.save()
done = publish([event]).done
print(json.dumps([event.slug, event.title, len(done)]))
"""

DESK = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
user = get_user_model().objects.create_superuser("drill", password="only for this drill")
client = Client(SERVER_NAME="localhost")
client.force_login(user)
pages = ["/admin/", "/admin/chronicle/event/", "/admin/chronicle/event/1/change/", "/admin/sources/document/",
         "/events/", "/search/?q=ceasefire", "/data/chronicle.zip"]
found = []
for _ in range(3):
    for page in pages:
        response = client.get(page)
        found.append(response.status_code)
        b"".join(response) if response.streaming else response.content
print(json.dumps(found))
"""

RIGHTS = """
WITH schemas AS (SELECT oid FROM pg_namespace WHERE nspname IN ('desk', 'functions', 'outgoing', 'published', 'staging')),
things (what, owner, acl, kind) AS (
    SELECT oid::regclass::text, relowner, relacl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END
    FROM pg_class WHERE relnamespace IN (SELECT oid FROM schemas) AND relkind IN ('r', 'v', 'S')
    UNION ALL SELECT oid::regprocedure || ' ' || prosecdef || coalesce(proconfig::text, ''), proowner, proacl, 'f'
    FROM pg_proc WHERE pronamespace IN (SELECT oid FROM schemas)
    UNION ALL SELECT nspname, nspowner, nspacl, 'n' FROM pg_namespace WHERE oid IN (SELECT oid FROM schemas)
    UNION ALL SELECT datname, datdba, datacl, 'd' FROM pg_database
)
SELECT line FROM (
    SELECT what || ' ' || CASE a.grantee WHEN 0 THEN 'everybody' ELSE a.grantee::regrole::text END
           || ' ' || a.privilege_type || ' of ' || owner::regrole AS line
    FROM things, aclexplode(coalesce(acl, acldefault(kind::"char", owner))) AS a
    UNION ALL SELECT 'later ' || defaclobjtype::text || coalesce(defaclnamespace::regnamespace::text, '') || ' ' || defaclacl::text
    FROM pg_default_acl
) AS lines ORDER BY line
"""
