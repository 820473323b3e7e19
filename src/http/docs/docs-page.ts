/** The page at /docs: the OpenAPI document in Swagger UI, with its script and style from this Worker. */
import type { Attribution } from '../../core/schema/history.ts'

/** Swagger UI sets style attributes and draws its icons from data URLs; scripts come from here alone. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function docsPage(attribution: Attribution[]): { html: string; contentSecurityPolicy: string } {
  const links = attribution.map(({ name, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(name)}</a>`).join(', ')
  const credits = links && `Data: ${links}. Terms of the sources apply.`
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LLM Registry API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="data:,">
<style>
body { margin: 0 }
footer { font: 14px/1.5 sans-serif; padding: 1rem; text-align: center }
.swagger-ui .opblock .opblock-summary-path { word-break: break-word }
@media (max-width: 640px) { .swagger-ui .opblock .opblock-summary-description { display: none } }
</style>
</head>
<body>
<div id="docs"><noscript>This page needs JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript></div>
<footer>${credits}</footer>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`
  return { html, contentSecurityPolicy: CONTENT_SECURITY_POLICY }
}

export const docsScript = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, tryItOutEnabled: true, validatorUrl: null })
`

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
