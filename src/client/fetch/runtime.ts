/** The globals that distinguish the runtimes. */
interface Runtime {
  navigator?: { userAgent?: string }
}

export function isWorkers(): boolean {
  return (globalThis as Runtime).navigator?.userAgent === 'Cloudflare-Workers'
}
