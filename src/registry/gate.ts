/**
 * The gate of the Registry object. While a backup is being restored, the tables hold only a part of it and must not be
 * read or changed: every method and alarm passes this gate, except the status and the restore itself.
 */
import { type BuildSettings, requireBuildSettings } from '../config.ts'
import type { Result } from '../core/failure.ts'
import { isRestoring, RESTORING } from './backup/restorer.ts'
import type { RegistryParts } from './parts.ts'

type Work<T> = (parts: RegistryParts) => T
type Building<T> = (parts: RegistryParts, settings: BuildSettings) => Result<T>

export class Gate {
  /** For work that is also allowed while a backup is being restored. */
  readonly ungated: RegistryParts
  /** Read once, because only this object restores, and reading it before every call is one more read that can fail. */
  #isClosed: boolean | undefined

  constructor(parts: RegistryParts) {
    this.ungated = parts
  }

  pass<T>(work: Work<T>, whileRestoring: () => T): T {
    this.#isClosed ??= isRestoring(this.ungated.db)
    return this.#isClosed ? whileRestoring() : work(this.ungated)
  }

  /** For the restore itself, which closes and opens the gate. */
  restore<T>(work: Work<T>): T {
    this.#isClosed = undefined
    return work(this.ungated)
  }

  /** While a backup is being restored, finds nothing, as in an empty registry. */
  find<T>(work: Work<T | undefined>): T | undefined {
    return this.pass(work, () => undefined)
  }

  answer<T>(work: Work<Result<T>>): Result<T> {
    return this.pass<Result<T>>(work, () => RESTORING)
  }

  /** For a change that may have made a commit, which must then be published to KV. */
  change<T>(work: Work<Result<T>>): Result<T> {
    return this.answer((parts) => {
      const result = work(parts)
      if (result.ok) parts.publisher.schedule()
      return result
    })
  }

  /** Like `change`, for a change that builds a catalogue. */
  build<T>(work: Building<T>): Result<T> {
    return this.change(withSettings(work))
  }

  /** For a dry run, which makes no commit, so nothing is published to KV. */
  preview<T>(work: Building<T>): Result<T> {
    return this.answer(withSettings(work))
  }
}

function withSettings<T>(work: Building<T>): Work<Result<T>> {
  return (parts) => {
    const settings = requireBuildSettings(parts.config)
    return settings.ok ? work(parts, settings.value) : settings
  }
}
