/** The storage folder of one mode: the registry's data, the admin token and the Worker's variables. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIN_TOKEN_LENGTH } from '../../src/core/settings/setting.ts'

/** Only the owner may read it. `wx`, because an existing file would keep its mode. */
const SECRET_FILE = { mode: 0o600, flag: 'wx' }

export interface Storage {
  /** Where wrangler keeps the registry's data. */
  state: string
  varsFile: string
  tokenFile: string
  /** Exists once the registry has data. */
  filledFile: string
}

export function openStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    state: join(folder, 'state'),
    varsFile: join(folder, 'worker.env'),
    tokenFile: join(folder, 'admin-token'),
    filledFile: filledFileIn(folder),
  }
}

/** Whether the registry in this folder has data. */
export const isFilled = (folder: string): boolean => existsSync(filledFileIn(folder))

export const markFilled = ({ filledFile }: Storage): void => writeFileSync(filledFile, '')

const filledFileIn = (folder: string): string => join(folder, 'filled')

/** The token generated at the first start. */
export function keepAdminToken({ tokenFile }: Storage): string {
  const kept = existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8').trim() : ''
  // A shorter file is truncated.
  if (kept.length >= MIN_TOKEN_LENGTH) return kept
  const token = randomBytes(24).toString('hex')
  writeSecret(tokenFile, `${token}\n`)
  return token
}

export function writeSecret(file: string, text: string): void {
  removeFile(file)
  writeFileSync(file, text, SECRET_FILE)
}

export function removeFile(file: string): void {
  rmSync(file, { force: true })
}
