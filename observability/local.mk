# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Rules, alerts with their cases, the dashboard, the guide and the runbooks. `make dashboard` after a
# change to the table of panels or to the rules.

.PHONY: dashboard
dashboard:
	$(srcdir)/scripts/generate-observability.py

EXTRA_DIST += \
	observability/dashboard.json observability/prometheus.yaml \
	observability/rules/alerts-budgets.yaml observability/rules/alerts-service.yaml \
	observability/rules/alerts-store.yaml observability/rules/recording.yaml \
	observability/tests/alerts-budgets.yaml observability/tests/alerts-service.yaml \
	observability/tests/alerts-store.yaml \
	$(CHART)/files/rules/alerts-budgets.yaml $(CHART)/files/rules/alerts-service.yaml \
	$(CHART)/files/rules/alerts-store.yaml $(CHART)/files/rules/recording.yaml \
	scripts/generate-observability.py \
	tests/observability/monitoring.py tests/observability/requirements.txt \
	tests/observability/test_live.py tests/observability/test_rules.py \
	docs/adr/0013-lighttpd-figures.md docs/observability.md docs/runbooks/README.md \
	docs/runbooks/TodoAppAuthenticationFailures.md \
	docs/runbooks/TodoAppBackupOld.md \
	docs/runbooks/TodoAppDiskFilling.md \
	docs/runbooks/TodoAppDiskLow.md \
	docs/runbooks/TodoAppDown.md \
	docs/runbooks/TodoAppErrorBudgetBurnFast.md \
	docs/runbooks/TodoAppErrorBudgetBurnSlow.md \
	docs/runbooks/TodoAppErrorsLogged.md \
	docs/runbooks/TodoAppHighErrorRate.md \
	docs/runbooks/TodoAppHighLatency.md \
	docs/runbooks/TodoAppLatencyBudgetBurnFast.md \
	docs/runbooks/TodoAppLatencyBudgetBurnSlow.md \
	docs/runbooks/TodoAppQueueFilling.md \
	docs/runbooks/TodoAppQueueRefusing.md \
	docs/runbooks/TodoAppRateLimiting.md \
	docs/runbooks/TodoAppRestarts.md \
	docs/runbooks/TodoAppStoreErrors.md \
	docs/runbooks/TodoAppSyncFailed.md \
	docs/runbooks/TodoAppWalLarge.md \
	docs/runbooks/TodoAppWorkersBusy.md
