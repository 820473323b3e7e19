/** Updates the cost calculator of a model page while the user types, with the same code as the server. */
import type { Model } from '../core/schema/model.ts'
import { TYPICAL, type TypicalRequest } from '../views/pages/model/typical-cost.ts'
import { sumHtml } from './sum-html.tsx'

export function startCalculator(): void {
  const form = document.querySelector<HTMLFormElement>('form#calculator')
  const output = form?.querySelector('output')
  const { model, at } = form?.dataset ?? {}
  if (!form || !output || model === undefined || at === undefined) return
  const priced = JSON.parse(model) as Pick<Model, 'billing' | 'pricing'> // written by the page
  const show = () => {
    output.innerHTML = sumHtml(priced, readRequest(new FormData(form)), at)
  }
  form.addEventListener('input', show)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
  })
}

function readRequest(fields: FormData): TypicalRequest {
  const count = (name: keyof Omit<TypicalRequest, 'mode'>): number => {
    const text = String(fields.get(name) ?? '')
    return /^\d{1,10}$/.test(text) ? Number(text) : TYPICAL[name]
  }
  const mode = String(fields.get('mode') ?? '')
  const counts = {
    input: count('input'),
    cached: count('cached'),
    output: count('output'),
    requests: count('requests'),
  }
  return mode === '' ? counts : { ...counts, mode }
}
