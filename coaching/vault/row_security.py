"""Row-level security of the vault on PostgreSQL: a second lock, in the engine itself.

Whatever query asks, through whatever join, a compartment and its texts are there for its members alone, a key pair and
a sealed key for their owner alone; nobody can change a text, and its author alone can erase it. It holds for the owner of the tables too
(``FORCE``); a superuser alone walks round it, which is why the running role must not be one (see the deployment checks).
Public keys are everybody's, and have no policy.

Of members one sees one's own rows alone: the other policies ask that table, and may not ask themselves. Whom a key is
to be sealed to stands beside it, in the table of recipients, which members see whole.
"""

VIEWER = "nullif(current_setting('coaching.viewer', true), '')::bigint"
MINE = f"SELECT m.compartment_id FROM vault_member m WHERE m.user_id = {VIEWER}"  # noqa: S608  constants of this file
FOUNDED = f"SELECT c.id FROM vault_compartment c WHERE c.founder_id = {VIEWER}"  # noqa: S608  constants of this file
TABLES = ("vault_compartment", "vault_member", "vault_sealedtext")
POLICIES = (
    f"CREATE POLICY own ON vault_member FOR SELECT USING (user_id = {VIEWER})",
    f"CREATE POLICY admit ON vault_member FOR INSERT WITH CHECK (compartment_id IN ({MINE})"
    f" OR compartment_id IN ({FOUNDED}))",
    f"CREATE POLICY members ON vault_compartment FOR SELECT USING (founder_id = {VIEWER} OR id IN ({MINE}))",
    f"CREATE POLICY found ON vault_compartment FOR INSERT WITH CHECK (founder_id = {VIEWER})",
    f"CREATE POLICY members ON vault_sealedtext FOR SELECT USING (compartment_id IN ({MINE}))",
    f"CREATE POLICY seal ON vault_sealedtext FOR INSERT WITH CHECK"
    f" (author_id = {VIEWER} AND compartment_id IN ({MINE}))",
)
KEY_TABLES = ("vault_keypair", "vault_sealedkey", "vault_recipient")
KEY_POLICIES = (
    f"CREATE POLICY own ON vault_keypair USING (user_id = {VIEWER}) WITH CHECK (user_id = {VIEWER})",
    f"CREATE POLICY own ON vault_sealedkey FOR SELECT USING (user_id = {VIEWER})",
    f"CREATE POLICY give ON vault_sealedkey FOR INSERT WITH CHECK (compartment_id IN ({MINE})"
    f" OR compartment_id IN ({FOUNDED}))",
    f"CREATE POLICY drop ON vault_sealedkey FOR DELETE USING (user_id = {VIEWER})",
    f"CREATE POLICY members ON vault_recipient FOR SELECT USING (user_id = {VIEWER} OR compartment_id IN ({MINE}))",
    f"CREATE POLICY admit ON vault_recipient FOR INSERT WITH CHECK (compartment_id IN ({MINE})"
    f" OR compartment_id IN ({FOUNDED}))",
    f"CREATE POLICY wait ON vault_recipient FOR UPDATE USING (user_id = {VIEWER} OR compartment_id IN ({MINE}))",
    f"CREATE POLICY part ON vault_recipient FOR DELETE USING (user_id = {VIEWER})",
    f"CREATE POLICY part ON vault_member FOR DELETE USING (user_id = {VIEWER})",
    f"CREATE POLICY renew ON vault_compartment FOR UPDATE USING (id IN ({MINE}))",
)

ERASING = (
    f"CREATE POLICY erase ON vault_sealedtext FOR DELETE USING"
    f" (author_id = {VIEWER} AND compartment_id IN ({MINE}))",
)


def policies(tables: tuple[str, ...], wanted: tuple[str, ...]):
    """A pair of functions for ``RunPython``: put row-level security on, take it off again. PostgreSQL alone has it."""

    def on(apps, editor) -> None:
        if editor.connection.vendor == "postgresql":
            for table in tables:
                editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
                editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            for policy in wanted:
                editor.execute(policy)

    def off(apps, editor) -> None:
        if editor.connection.vendor == "postgresql":
            for policy in wanted:
                name, table = policy.split()[2], policy.split()[4]
                editor.execute(f"DROP POLICY {name} ON {table}")
            for table in tables:
                editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
                editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    return on, off


enable, disable = policies(TABLES, POLICIES)
