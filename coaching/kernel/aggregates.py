"""Aggregates that Django has for one engine alone."""

from django.db.models import Aggregate, JSONField


class Names(Aggregate):
    """The values of a column as one JSON list, in no order, on either engine."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)
