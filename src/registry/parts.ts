/** The components of the Registry object, created once when its storage is open. */
import type { Config } from '../config.ts'
import type { Fetch } from '../sources/bounded-fetch.ts'
import { Explainer } from './build/explainer.ts'
import { JobRunner } from './run/job-runner.ts'
import { Jobs } from './run/jobs.ts'
import { Publisher } from './run/publisher.ts'
import { Puller } from './run/puller.ts'
import { SourceSchedule } from './run/source-schedule.ts'
import { type Database, openDatabase } from './store/database.ts'

/** The object's environment. */
export interface Surroundings {
  storage: DurableObjectStorage
  kv: KVNamespace
  config: Config
  fetch: Fetch
  clock: () => number
}

export interface RegistryParts extends Surroundings {
  db: Database
  jobs: Jobs
  publisher: Publisher
  puller: Puller
  runner: JobRunner
  explainer: Explainer
}

export async function openParts(surroundings: Surroundings): Promise<RegistryParts> {
  const stored = { ...surroundings, db: await openDatabase(surroundings.storage) }
  const explainer = new Explainer(stored)
  const scheduled = { ...stored, jobs: new Jobs(stored) }
  const publishing = { ...scheduled, publisher: new Publisher(scheduled) }
  const planned = { ...publishing, schedule: new SourceSchedule(publishing) }
  const pulling = { ...planned, puller: new Puller(planned) }
  return { ...pulling, explainer, runner: new JobRunner(pulling) }
}
