{{/*
Copyright (c) 2026 The Todo App authors
SPDX-License-Identifier: MIT

The containers, and what every pod of the chart has in common.
*/}}

{{- define "todo-app.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The beginning of each pod's spec. Links to services would be TODO_... variables, which the
program refuses. */}}
{{- define "todo-app.podCommon" -}}
automountServiceAccountToken: false
enableServiceLinks: false
serviceAccountName: {{ include "todo-app.serviceAccountName" . }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with .Values.schedulerName }}
schedulerName: {{ . }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  fsGroup: {{ .Values.podSecurity.fsGroup }}
  fsGroupChangePolicy: {{ .Values.podSecurity.fsGroupChangePolicy }}
  runAsGroup: {{ .Values.podSecurity.runAsGroup }}
  runAsNonRoot: true
  runAsUser: {{ .Values.podSecurity.runAsUser }}
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* The user's affinity with the term that keeps the pods on the node of the backend's pods. For
the first of them there is none yet: the scheduler lets a pod that matches its own term through. */}}
{{- define "todo-app.affinity" -}}
{{- $affinity := deepCopy .Values.affinity -}}
{{- if and .Values.sameNode .Values.persistence.enabled -}}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "todo-app.selectorLabels" (list . "backend") | fromYaml)) -}}
{{- $pod := get $affinity "podAffinity" | default dict -}}
{{- $required := get $pod "requiredDuringSchedulingIgnoredDuringExecution" | default list -}}
{{- $_ := set $pod "requiredDuringSchedulingIgnoredDuringExecution" (append $required $term) -}}
{{- $_ := set $affinity "podAffinity" $pod -}}
{{- end -}}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Argument: the root, the container and its seconds of sleep before the signal. */}}
{{- define "todo-app.sleep" -}}
{{- $root := index . 0 -}}
{{- $seconds := int (index . 1) -}}
{{- if and (gt $seconds 0) (eq (include "todo-app.kubernetes" (list $root 30)) "true") }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ $seconds }}
{{- end }}
{{- end -}}

{{- define "todo-app.healthcheck" -}}
exec:
  command: [{{ include "todo-app.program" . }}, --healthcheck]
{{- end -}}

{{/* Where the image has the program; exec knows no search path. */}}
{{- define "todo-app.program" -}}/usr/bin/todo-app{{- end -}}

{{/* What the program reads, in the service and in jobs: its file, its secrets. The file is mounted
by itself: so it stays as it is while the pod lives, and a program of the version before never sees
keys of the next one. */}}
{{- define "todo-app.configMounts" -}}
- name: config
  mountPath: /etc/todo-app/todo-app.yaml
  subPath: todo-app.yaml
  readOnly: true
{{- if include "todo-app.secretName" . }}
- name: secrets
  mountPath: /etc/todo-app/secrets
  readOnly: true
{{- end }}
{{- if .Values.auth.existingSecret }}
- name: api-keys
  mountPath: /etc/todo-app/api-keys
  readOnly: true
{{- end }}
{{- end -}}

{{- define "todo-app.configVolumes" -}}
- name: config
  configMap:
    name: {{ include "todo-app.fullname" . }}
{{- with include "todo-app.secretName" . }}
- name: secrets
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- with .Values.auth.existingSecret }}
- name: api-keys
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: {{ $.Values.auth.secretKey }}
        path: {{ $.Values.auth.secretKey }}
{{- end }}
{{- end -}}

{{- define "todo-app.appContainer" -}}
{{- $native := eq (include "todo-app.native" .) "true" -}}
name: app
image: {{ include "todo-app.image" (list . .Values.app.image) }}
imagePullPolicy: {{ .Values.app.image.pullPolicy }}
{{- if $native }}
restartPolicy: Always
{{- end }}
env:
  - name: TODO_CONFIG
    value: /etc/todo-app/todo-app.yaml
  {{- with .Values.app.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.app.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if not $native }}
{{- include "todo-app.sleep" (list . (add .Values.preStopSeconds .Values.proxy.drainSeconds)) }}
{{- end }}
startupProbe:
  {{- include "todo-app.healthcheck" . | nindent 2 }}
  {{- toYaml .Values.app.startupProbe | nindent 2 }}
livenessProbe:
  {{- include "todo-app.healthcheck" . | nindent 2 }}
  {{- toYaml .Values.app.livenessProbe | nindent 2 }}
resources:
  {{- toYaml .Values.app.resources | nindent 2 }}
securityContext:
  {{- include "todo-app.containerSecurity" . | nindent 2 }}
volumeMounts:
  - name: socket
    mountPath: /run/todo-app
  - name: data
    mountPath: /var/lib/todo-app
  {{- include "todo-app.configMounts" . | nindent 2 }}
  {{- with .Values.app.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* lighttpd is told to stop by its image's STOPSIGNAL, SIGINT: it answers what it has accepted. */}}
{{- define "todo-app.proxyContainer" -}}
name: proxy
image: {{ include "todo-app.image" (list . .Values.proxy.image) }}
imagePullPolicy: {{ .Values.proxy.image.pullPolicy }}
env:
  - name: PROXY_SOCKET
    value: /run/todo-app/todo-app.sock
  - name: PROXY_ADDRESS
    value: {{ .Values.proxy.address | quote }}
  - name: PROXY_PORT
    value: {{ .Values.proxy.port | quote }}
  - name: PROXY_MAX_BODY_KIB
    value: {{ .Values.proxy.maxBodyKib | quote }}
  - name: PROXY_DRAIN_S
    value: {{ .Values.proxy.drainSeconds | quote }}
  {{- with .Values.proxy.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.proxy.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - name: http
    containerPort: {{ .Values.proxy.port }}
    protocol: TCP
    {{- with .Values.proxy.hostPort }}
    {{- if .enabled }}
    hostPort: {{ .port }}
    hostIP: {{ .hostIP }}
    {{- end }}
    {{- end }}
{{- include "todo-app.sleep" (list . .Values.preStopSeconds) }}
livenessProbe:
  httpGet:
    path: /health
    port: http
  {{- toYaml .Values.proxy.livenessProbe | nindent 2 }}
readinessProbe:
  httpGet:
    path: /ready
    port: http
  {{- toYaml .Values.proxy.readinessProbe | nindent 2 }}
resources:
  {{- toYaml .Values.proxy.resources | nindent 2 }}
securityContext:
  {{- include "todo-app.containerSecurity" . | nindent 2 }}
volumeMounts:
  - name: socket
    mountPath: /run/todo-app
  - name: uploads
    mountPath: /tmp
  {{- with .Values.proxy.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* Containers of the user's, with the chart's security where theirs says nothing. Argument: the
root and the list. */}}
{{- define "todo-app.extraContainers" -}}
{{- $security := include "todo-app.containerSecurity" (index . 0) | fromYaml -}}
{{- range index . 1 }}
{{- $own := deepCopy . -}}
{{- $settings := $own.securityContext | default dict -}}
{{- range $key, $value := $security -}}
{{- if not (hasKey $settings $key) -}}{{- $_ := set $settings $key $value -}}{{- end -}}
{{- end -}}
{{- $_ := set $own "securityContext" $settings }}
- {{ toYaml $own | nindent 2 | trim }}
{{- end }}
{{- end -}}
