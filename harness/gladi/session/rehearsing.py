"""Beginning a rehearsing session: options, system, catalogue, and the hooks that only such a session has."""

from __future__ import annotations

import pytest

from gladi.session.options import read
from gladi.session.performing import Performing

__all__ = ["begin"]


def begin(config: pytest.Config) -> Performing:
    """Check everything that can be checked before collection, then register the session's hooks.

    Raises:
        pytest.UsageError: an option, the adapter or a scenario is wrong.
    """
    from gladi.play.adapter import AdapterError, load  # noqa: PLC0415 - after pytest's own start
    from gladi.play.catalogue import catalogue  # noqa: PLC0415
    from gladi.play.scenario import ScenarioError  # noqa: PLC0415
    from gladi.session.closing import Closing  # noqa: PLC0415
    from gladi.session.collection import Collecting  # noqa: PLC0415

    pytest.register_assert_rewrite("gladi.scenarios")
    options = read(config)
    try:
        adapter = load(options.system, root=config.rootpath)
        catalogue()
    except (AdapterError, ScenarioError) as error:
        raise pytest.UsageError(str(error)) from None
    performing = Performing(options, adapter)
    config.pluginmanager.register(Collecting(config, options), "gladi-collecting")
    config.pluginmanager.register(performing, "gladi-performing")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Closing(config, options, adapter), "gladi-closing")
    return performing
