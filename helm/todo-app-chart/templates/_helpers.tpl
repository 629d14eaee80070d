{{/*
Copyright (c) 2026 The Todo App authors
SPDX-License-Identifier: MIT

Names, labels and images. The containers are in _pod.tpl, what must not be combined in _checks.tpl.
*/}}

{{- define "todo-app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Short enough for the suffixes of all objects: a CronJob's name may have 52 characters. */}}
{{- define "todo-app.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 43 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "todo-app.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 43 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 43 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "todo-app.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "todo-app.claimName" -}}
{{- default (printf "%s-data" (include "todo-app.fullname" .)) .Values.persistence.existingClaim -}}
{{- end -}}

{{- define "todo-app.backupClaimName" -}}
{{- default (printf "%s-backup" (include "todo-app.fullname" .)) .Values.backup.persistence.existingClaim -}}
{{- end -}}

{{- define "todo-app.secretName" -}}
{{- if .Values.existingSecret -}}
{{- .Values.existingSecret -}}
{{- else if .Values.secretFiles -}}
{{- include "todo-app.fullname" . -}}
{{- end -}}
{{- end -}}

{{/* Argument: the value of an image. Gives repository@digest or repository:tag. */}}
{{- define "todo-app.image" -}}
{{- $image := index . 1 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default (index . 0).Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* What never changes in the life of a release. Argument: the root and the component. */}}
{{- define "todo-app.selectorLabels" -}}
app.kubernetes.io/name: {{ include "todo-app.name" (index . 0) }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* The labels of pods and of templates of pods: none that changes with the chart alone. */}}
{{- define "todo-app.podLabels" -}}
{{- $root := index . 0 -}}
{{- include "todo-app.selectorLabels" . }}
app.kubernetes.io/version: {{ default $root.Chart.AppVersion $root.Values.app.image.tag | replace "+" "_" | trunc 63 | trimAll "-_." | quote }}
app.kubernetes.io/part-of: todo-app
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- with $root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "todo-app.labels" -}}
{{- $root := index . 0 -}}
{{- include "todo-app.podLabels" . }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 }}
{{- end -}}

{{/* The annotations of an object, with the line break before them; nothing if there are none.
Argument: the root and its own annotations. */}}
{{- define "todo-app.annotations" -}}
{{- with merge (dict) (index . 1 | default dict) (index . 0).Values.commonAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end -}}

{{/* "true" where the cluster has version N of Kubernetes 1. Argument: the root and N. */}}
{{- define "todo-app.kubernetes" -}}
{{- semverCompare (printf ">=1.%d.0-0" (int (index . 1))) (index . 0).Capabilities.KubeVersion.Version -}}
{{- end -}}

{{- define "todo-app.native" -}}
{{- if eq .Values.nativeSidecar "auto" -}}
{{- include "todo-app.kubernetes" (list . 29) -}}
{{- else -}}
{{- eq .Values.nativeSidecar "always" -}}
{{- end -}}
{{- end -}}

{{/* The least grace period in which nothing is cut short. Two plain containers stop at the same
time; the program then waits for lighttpd in its own hook, so the sum is the same. */}}
{{- define "todo-app.gracePeriod" -}}
{{- add .Values.preStopSeconds .Values.proxy.drainSeconds .Values.app.drainSeconds 5 -}}
{{- end -}}

{{/* A size of todo-app.yaml (1MiB, 1024) in bytes. */}}
{{- define "todo-app.bytes" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9]+" $text | int64 -}}
{{- if hasSuffix "GiB" $text -}}{{- mul $number 1073741824 -}}
{{- else if hasSuffix "MiB" $text -}}{{- mul $number 1048576 -}}
{{- else if hasSuffix "KiB" $text -}}{{- mul $number 1024 -}}
{{- else -}}{{- $number -}}
{{- end -}}
{{- end -}}
