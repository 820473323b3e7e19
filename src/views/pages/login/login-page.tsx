/** The form by which people open a closed registry in a browser. */
import type { PageContent } from '../layout/layout.tsx'

interface Login {
  /** Why the last try failed. */
  refusal?: string
  /** The path to open afterwards. */
  next: string
}

export function loginContent({ refusal, next }: Login): PageContent {
  return {
    title: 'Log in',
    description: 'This registry is private: reading it needs a token.',
    unlisted: true,
    body: (
      <article class="problem">
        <h1>Log in</h1>
        <p>This registry is private. Its operator gives out tokens for reading.</p>
        {refusal === undefined ? null : <p role="alert">{refusal}.</p>}
        <form method="post" action="/login" class="inline">
          <input type="hidden" name="next" value={next} />
          <label>
            Token <input type="password" name="token" required autocomplete="current-password" />
          </label>
          <button type="submit">Log in</button>
        </form>
        <p class="quiet small">
          Programs send <code>Authorization: Bearer TOKEN</code> instead. The session lasts 30 days, or until the token
          is replaced.
        </p>
      </article>
    ),
  }
}

export function logoutContent(): PageContent {
  return {
    title: 'Log out',
    description: 'End the session of this browser.',
    unlisted: true,
    body: (
      <article class="problem">
        <h1>Log out</h1>
        <form method="post" action="/logout">
          <button type="submit">Log out</button>
        </form>
      </article>
    ),
  }
}
