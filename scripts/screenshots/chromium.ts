/** Finds an installed Chromium. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** `CHROMIUM_PATH`, the one that Playwright installs, or one on the PATH. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [process.env.CHROMIUM_PATH, chromium.executablePath(), ...onPath].find((path) => path && existsSync(path))
}

/** Resolves `plain.test` to this machine: a page without TLS, unlike `127.0.0.1`, has no WebCrypto. */
export function startChromium(executablePath: string): Promise<Browser> {
  const args = ['--no-sandbox', '--host-resolver-rules=MAP plain.test 127.0.0.1']
  return chromium.launch({ executablePath, args })
}
