/** The place for Swagger UI, which the script of the page fills with the OpenAPI document. */
import type { PageContent } from '../layout/layout.tsx'

export const docsContent: PageContent = {
  title: 'API',
  description: 'Every request that the registry answers, with a form to try it.',
  body: (
    <>
      <link rel="stylesheet" href="/docs/swagger-ui.css" />
      <h1>API</h1>
      <p>
        Reading needs no token unless the operator has set one; administration always needs one. Requests that write are
        preset with <code>dryRun=true</code>, which changes nothing, until you choose otherwise.
      </p>
      <noscript>
        <p>
          Sending requests from this page needs JavaScript. The OpenAPI document is at{' '}
          <a href="/openapi.json">/openapi.json</a>.
        </p>
      </noscript>
      <div id="docs"></div>
      <script src="/docs/swagger-ui-bundle.js"></script>
      <script src="/docs/start.js"></script>
    </>
  ),
}

/** Nothing is open, and nothing can be sent before its reader has chosen to try it. */
export const docsScript = `const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  defaultModelRendering: 'example',
  tryItOutEnabled: false,
  persistAuthorization: false,
  validatorUrl: null,
  // The page has a main part already.
  onComplete: () => document.querySelector('#docs main')?.setAttribute('role', 'presentation'),
})
`
