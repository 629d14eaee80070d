# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# The Helm chart and the plain manifests. `make deploy` and its like run the scripts in the source tree.

.PHONY: deploy undeploy smoke-test backup restore manifests
deploy:
	$(srcdir)/scripts/deploy.sh $(DEPLOY_OPTIONS)
undeploy:
	$(srcdir)/scripts/undeploy.sh $(DEPLOY_OPTIONS)
smoke-test:
	$(srcdir)/scripts/smoke-test.sh $(SMOKE_TEST_URL)
backup:
	$(srcdir)/scripts/backup.sh $(BACKUP_OPTIONS)
restore:
	$(srcdir)/scripts/restore.sh $(RESTORE_OPTIONS)
manifests:
	$(srcdir)/scripts/generate-chart-readme.py
	$(srcdir)/scripts/generate-manifests.sh

CHART = helm/todo-app-chart
EXTRA_DIST += \
	$(CHART)/.helmignore $(CHART)/Chart.yaml $(CHART)/README.md $(CHART)/values.schema.json \
	$(CHART)/values.yaml $(CHART)/values-dev.yaml $(CHART)/values-minikube.yaml \
	$(CHART)/values-prod.yaml $(CHART)/values-staging.yaml \
	$(CHART)/files/dashboard.json \
	$(CHART)/templates/NOTES.txt $(CHART)/templates/_checks.tpl $(CHART)/templates/_helpers.tpl \
	$(CHART)/templates/_pod.tpl $(CHART)/templates/backup.yaml \
	$(CHART)/templates/configmap.yaml $(CHART)/templates/deployment.yaml \
	$(CHART)/templates/hpa.yaml $(CHART)/templates/ingress.yaml $(CHART)/templates/limits.yaml \
	$(CHART)/templates/metrics.yaml $(CHART)/templates/networkpolicy.yaml \
	$(CHART)/templates/pdb.yaml $(CHART)/templates/pvc.yaml $(CHART)/templates/rbac.yaml \
	$(CHART)/templates/secret.yaml $(CHART)/templates/service.yaml \
	$(CHART)/templates/serviceaccount.yaml $(CHART)/templates/tests/smoke-test.yaml \
	k8s/configmap.yaml k8s/deployment.yaml k8s/kustomization.yaml k8s/namespace.yaml \
	k8s/persistentvolumeclaim.yaml k8s/role.yaml k8s/rolebinding.yaml k8s/service.yaml \
	k8s/serviceaccount.yaml \
	scripts/backup.sh scripts/deploy.sh scripts/generate-chart-readme.py \
	scripts/generate-manifests.sh scripts/restore.sh scripts/undeploy.sh \
	scripts/lib/kubernetes.sh scripts/lib/release.sh scripts/lib/suites_kubernetes.sh \
	docs/deployment.md docs/upgrade.md docs/adr/0006-sidecar-order.md \
	docs/adr/0007-one-writer-per-volume.md \
	tests/chart/charttest.py tests/chart/requirements.txt tests/chart/test_contradictions.py \
	tests/chart/test_generated.py tests/chart/test_guides.py tests/chart/test_objects.py \
	tests/chart/test_pod.py \
	tests/chart/test_schema.py tests/chart/test_security.py tests/chart/test_validate.py \
	tests/cluster/cluster.py tests/cluster/test_host_port.py tests/cluster/test_release.py
