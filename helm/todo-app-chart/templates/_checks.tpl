{{/*
Copyright (c) 2026 The Todo App authors
SPDX-License-Identifier: MIT

Values that contradict each other end the render with what to change. What a single value may be is
in values.schema.json.
*/}}

{{- define "todo-app.checks" -}}
{{- include "todo-app.checkStop" . -}}
{{- include "todo-app.checkVolume" . -}}
{{- include "todo-app.checkUpdate" . -}}
{{- include "todo-app.checkAvailability" . -}}
{{- include "todo-app.checkWays" . -}}
{{- include "todo-app.checkAccess" . -}}
{{- end -}}

{{- define "todo-app.checkStop" -}}
{{- $least := include "todo-app.gracePeriod" . | int -}}
{{- $given := .Values.terminationGracePeriodSeconds -}}
{{- if and (ne $given nil) (lt (int $given) $least) -}}
{{- fail (printf "terminationGracePeriodSeconds is %d, but preStopSeconds, proxy.drainSeconds and app.drainSeconds need %d: leave it empty, or lower those" (int $given) $least) -}}
{{- end -}}
{{- if and (eq .Values.nativeSidecar "always") (ne (include "todo-app.kubernetes" (list . 29)) "true") -}}
{{- fail (printf "nativeSidecar is always, but Kubernetes %s has no native sidecars: they came with 1.29; use auto or never" .Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.checkVolume" -}}
{{- $p := .Values.persistence -}}
{{- if not $p.enabled -}}
{{- if gt (int .Values.replicaCount) 1 -}}
{{- fail (printf "replicaCount is %d, but persistence.enabled is false: each pod would have data of its own" (int .Values.replicaCount)) -}}
{{- end -}}
{{- if .Values.backup.enabled -}}
{{- fail "backup.enabled needs persistence.enabled: there is no volume to copy from" -}}
{{- end -}}
{{- if $p.existingClaim -}}
{{- fail "persistence.existingClaim is set, but persistence.enabled is false" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.backup.beforeUpgrade (not .Values.backup.enabled) -}}
{{- fail "backup.beforeUpgrade needs backup.enabled: the copy goes into its claim" -}}
{{- end -}}
{{- if and .Values.existingSecret .Values.secretFiles -}}
{{- fail "existingSecret and secretFiles exclude each other: only one Secret is mounted" -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.checkUpdate" -}}
{{- $replicas := int .Values.replicaCount -}}
{{- $rolling := eq .Values.updateStrategy.type "RollingUpdate" -}}
{{- $surge := toString .Values.updateStrategy.rollingUpdate.maxSurge | trimSuffix "%" | int -}}
{{- $missing := toString .Values.updateStrategy.rollingUpdate.maxUnavailable | trimSuffix "%" | int -}}
{{- $several := or (gt $replicas 1) (and $rolling (gt $surge 0)) -}}
{{- if and $rolling (eq $surge 0) (eq $missing 0) -}}
{{- fail "updateStrategy.rollingUpdate: maxSurge and maxUnavailable are both 0: no pod could ever be replaced" -}}
{{- end -}}
{{- if and $several .Values.persistence.enabled -}}
{{- if not .Values.sameNode -}}
{{- fail "sameNode is false, but replicaCount or maxSurge asks for two pods at a time: on two nodes they would wait for each other's volume for ever; set sameNode: true, or replicaCount: 1 with updateStrategy.type: Recreate" -}}
{{- end -}}
{{- if eq .Values.persistence.accessMode "ReadWriteOncePod" -}}
{{- fail "persistence.accessMode is ReadWriteOncePod, but replicaCount or maxSurge asks for two pods at a time: set replicaCount: 1 with updateStrategy.type: Recreate, or accessMode: ReadWriteOnce" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.backup.enabled (eq .Values.persistence.accessMode "ReadWriteOncePod") -}}
{{- fail "backup.enabled needs persistence.accessMode: ReadWriteOnce: its job mounts the volume beside the service" -}}
{{- end -}}
{{- if and $several .Values.proxy.hostPort.enabled -}}
{{- fail "proxy.hostPort.enabled, but replicaCount or maxSurge asks for two pods on one node: a node's port serves one pod; set replicaCount: 1 with updateStrategy.type: Recreate" -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.checkAvailability" -}}
{{- if and .Values.podDisruptionBudget.enabled (lt (int .Values.replicaCount) 2) -}}
{{- fail (printf "podDisruptionBudget.enabled needs replicaCount 2 or more, not %d: with one pod there is nothing to keep" (int .Values.replicaCount)) -}}
{{- end -}}
{{- end -}}

{{/* Open to more than the cluster, and nobody said so. */}}
{{- define "todo-app.checkAccess" -}}
{{- $a := .Values.auth -}}
{{- if and $a.existingSecret $a.allowAnonymous -}}
{{- fail "auth.existingSecret and auth.allowAnonymous exclude each other: with API keys every call needs one" -}}
{{- end -}}
{{- if and $a.testKey (not $a.existingSecret) -}}
{{- fail "auth.testKey is an entry of auth.existingSecret, which is not set" -}}
{{- end -}}
{{- $ways := list -}}
{{- if .Values.ingress.enabled -}}{{- $ways = append $ways "ingress.enabled" -}}{{- end -}}
{{- if ne .Values.service.type "ClusterIP" -}}{{- $ways = append $ways (printf "service.type %s" .Values.service.type) -}}{{- end -}}
{{- if and .Values.proxy.hostPort.enabled (not (has .Values.proxy.hostPort.hostIP (list "127.0.0.1" "::1"))) -}}{{- $ways = append $ways "proxy.hostPort" -}}{{- end -}}
{{- if and $ways (not $a.existingSecret) (not $a.allowAnonymous) -}}
{{- fail (printf "%s opens the service to more than the cluster without API keys: give auth.existingSecret, or set auth.allowAnonymous: true" (join " and " $ways)) -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.checkWays" -}}
{{- if and (ne .Values.service.nodePort nil) (eq .Values.service.type "ClusterIP") -}}
{{- fail "service.nodePort needs service.type NodePort or LoadBalancer" -}}
{{- end -}}
{{- if and .Values.service.externalTrafficPolicy (eq .Values.service.type "ClusterIP") -}}
{{- fail "service.externalTrafficPolicy needs service.type NodePort or LoadBalancer" -}}
{{- end -}}
{{- if and (or .Values.service.loadBalancerClass .Values.service.loadBalancerSourceRanges) (ne .Values.service.type "LoadBalancer") -}}
{{- fail "service.loadBalancerClass and service.loadBalancerSourceRanges need service.type LoadBalancer" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.enabled needs at least one entry in ingress.hosts" -}}
{{- end -}}
{{- $hosts := list -}}
{{- range .Values.ingress.hosts -}}{{- $hosts = append $hosts .host -}}{{- end -}}
{{- range $tls := .Values.ingress.tls -}}
{{- range $tls.hosts -}}
{{- if and $.Values.ingress.enabled (not (has . $hosts)) -}}
{{- fail (printf "ingress.tls names the host %s, which is not in ingress.hosts" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $limit := include "todo-app.bytes" (default "1MiB" .Values.app.config.body_limit_bytes) | int64 -}}
{{- if lt (mul .Values.proxy.maxBodyKib 1024) $limit -}}
{{- fail (printf "proxy.maxBodyKib is %d, which is below app.config.body_limit_bytes (%d bytes): lighttpd would refuse what the program allows" (int .Values.proxy.maxBodyKib) $limit) -}}
{{- end -}}
{{- end -}}
