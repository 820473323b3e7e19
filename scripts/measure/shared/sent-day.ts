/** What sending a day to a registry took. */

/** KV is written once a second: the last of a burst comes later. */
export const PUBLISH_MS = 2500

export interface SentDay {
  version: string
  milliseconds: number
  /** CPU of workerd. */
  cpuMicros: number
}
