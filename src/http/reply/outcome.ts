/** Responses of the routes that can change the manifest. */
import { ok, type Result } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { jsonView } from '../../views/json-view.ts'
import type { Answered, Exchange } from '../exchange.ts'

export async function answerOutcome(exchange: Exchange, result: Result<Outcome>): Promise<Answered> {
  if (!result.ok) return result
  await advance(exchange)
  return ok({ body: jsonView(result.value), lifetime: 'none' })
}

/** This isolate serves the new version at once; others within a minute. */
export async function advance({ registry, tiers }: Exchange): Promise<void> {
  const pointer = await registry.current()
  if (pointer) tiers.memory.advance(pointer, tiers.clock())
}
