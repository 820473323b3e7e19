/** Answers of whatever can change the manifest. */
import { ok, type Result } from '../../core/failure.ts'
import type { Outcome } from '../../core/schema/operations.ts'
import { type Answered, type Exchange, jsonBody } from '../exchange.ts'

export async function answerOutcome(exchange: Exchange, result: Result<Outcome>): Promise<Answered> {
  if (!result.ok) return result
  await advance(exchange)
  return ok({ body: jsonBody(result.value), lifetime: 'none' })
}

/** This isolate sees what it made at once; others within a minute. */
export async function advance({ registry, tiers }: Exchange): Promise<void> {
  const pointer = await registry.current()
  if (pointer) tiers.memory.advance(pointer, tiers.clock())
}
