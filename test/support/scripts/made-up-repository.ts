/** A made-up git repository with the layout of models.dev. Every commit states its files and its time. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Content by path; a link to a path, or `null` to delete the file. */
export type Files = Record<string, string | { link: string } | null>

export class MadeUpRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'made-up-models-dev-'))

  constructor(branch = 'dev') {
    this.#git(['init', '--quiet', `--initial-branch=${branch}`], '2025-01-01T00:00:00Z')
  }

  commit(at: string, files: Files): void {
    for (const [path, content] of Object.entries(files)) this.#write(join(this.folder, path), content)
    this.#git(['add', '--all'], at)
    this.#git(['commit', '--quiet', '--allow-empty', '--message', `at ${at}`], at)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #write(path: string, content: Files[string]): void {
    rmSync(path, { force: true })
    if (content === null) return
    mkdirSync(dirname(path), { recursive: true })
    if (typeof content === 'string') writeFileSync(path, content)
    else symlinkSync(content.link, path)
  }

  #git(args: string[], at: string): void {
    const { PATH } = process.env
    // No other variables: in a git hook, they name another repository.
    const env = { PATH, HOME: this.folder, GIT_CONFIG_NOSYSTEM: '1', ...authorOf(at) }
    execFileSync('git', ['-C', this.folder, ...args], { env })
  }
}

function authorOf(at: string): Record<string, string> {
  const [name, email] = ['someone', 'someone@example.com']
  return {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: at },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: at },
  }
}
