// Copyright (c) 2026 The Todo App authors
// SPDX-License-Identifier: MIT
//
// Shows the contract of this very server. The page's policy allows no inline script, hence this file.

"use strict";

window.ui = SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    displayRequestDuration: true,
    // Nothing is asked of another server: no validation of the document, no other document by query.
    validatorUrl: null,
    queryConfigEnabled: false,
});
