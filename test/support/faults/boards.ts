/** Fakes of Epoch and Arena, used with models.dev: they return what the test sets, and fail when set to. */
import { reset } from 'cloudflare:test'
import { vi } from 'vitest'
import { configureObject } from '../http/registry-app.ts'
import { MODELS_DEV_URL } from '../registry/fake-source.ts'
import { ARENA_CARD, type ArenaRow, arenaPage, type EciRow, eciCsv } from '../sources/boards.ts'
import { Service } from './service.ts'

const URLS = {
  MODELS_DEV_URL,
  EPOCH_URL: 'https://epoch.example/eci_scores.csv',
  ARENA_URL: 'https://rows.example',
  ARENA_CARD_URL: 'https://card.example/api',
}
export const OFF = { AA_TIER: undefined, MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '', ARENA_CARD_URL: undefined }

/** Names without a family, so that a board is large enough for the guard. */
const old = (count: number) => Array.from({ length: count }, (_, index) => `Old ${index}`)

export class Boards {
  csv = eciCsv(this.eci())
  card: unknown = ARENA_CARD
  arena: ArenaRow[] = [
    { name: 'gpt-9-high', rating: 1450 },
    ...old(249).map((name, index) => ({ name, rating: 1000 + index })),
  ]
  /** Replaces the normal response. */
  answerEpoch: () => Response = () => new Response(this.csv)
  answerPage: (number: number) => Response | undefined = () => undefined

  /** `index`: of GPT-9. `offset`: added to all other indices. */
  eci(index = 150.2, offset = 0): EciRow[] {
    return [
      { name: 'GPT-9', eci: index },
      { name: 'GPT-9 mini', eci: 141.3 + offset },
      ...old(40).map((name, at) => ({ name, eci: 100.5 + at + offset })),
    ]
  }

  answer(address: string): Response | undefined {
    const url = new URL(address)
    if (address === URLS.EPOCH_URL) return this.answerEpoch()
    if (address === URLS.ARENA_CARD_URL) return Response.json(this.card)
    if (url.origin !== URLS.ARENA_URL) return undefined
    const offset = Number(url.searchParams.get('offset'))
    return this.answerPage(offset / 100 + 1) ?? Response.json(arenaPage(this.arena, offset))
  }
}

/** Starts a service without a key: models.dev lists the models, and the boards score them. */
export async function startBoards(): Promise<{ service: Service; boards: Boards }> {
  await reset()
  const service = new Service()
  const boards = new Boards()
  const listed = { reasoning_options: [{ type: 'effort', values: ['low', 'high'] }], release_date: '2026-01-15' }
  service.source.serveModelsDev({
    openai: [
      { id: 'gpt-9', ...listed },
      { id: 'gpt-9-mini', ...listed },
    ],
    host: [{ id: 'openai/gpt-9', ...listed }],
  })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(Date, 'now').mockImplementation(() => service.now)
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    async (url, init = {}) => boards.answer(String(url)) ?? service.source.fetch(String(url), init),
  )
  await configureObject({ AA_TIER: 'off', ...URLS, REGISTRY: service.kv })
  return { service, boards }
}
