// SQLite includes this header and, as configured, needs nothing of it.
#pragma once
