"""What an aggregate may show (``confidentiality.md``). Pure: no Django."""

from apps.dashboards.disclosure.cells import HIDDEN as HIDDEN
from apps.dashboards.disclosure.cells import MISSING as MISSING
from apps.dashboards.disclosure.cells import ZERO as ZERO
from apps.dashboards.disclosure.cells import CellKey as CellKey
from apps.dashboards.disclosure.cells import Exact as Exact
from apps.dashboards.disclosure.cells import ExactTable as ExactTable
from apps.dashboards.disclosure.cells import ProtectedTable as ProtectedTable
from apps.dashboards.disclosure.cells import Published as Published
from apps.dashboards.disclosure.cells import State as State
from apps.dashboards.disclosure.past import EarlierRelease as EarlierRelease
from apps.dashboards.disclosure.protect import protect_release as protect_release
from apps.dashboards.disclosure.rules import Rules as Rules
from apps.dashboards.disclosure.rules import band as band
from apps.dashboards.disclosure.rules import refused as refused
from apps.dashboards.disclosure.rules import round_count as round_count
from apps.dashboards.disclosure.scopes import leaves_few_together as leaves_few_together
