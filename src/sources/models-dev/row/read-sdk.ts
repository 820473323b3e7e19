/**
 * How a row is called: what of it differs from its provider. Schema v2 has no API of a provider, but one or more by
 * protocol in each row: the first is taken.
 */
import type { ProviderApi, Sdk } from '../../../core/schema/model.ts'
import { put } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

/** Where `shape` has a name of its own for a protocol of schema v2. */
const SHAPES: Record<string, string> = { 'chat-completions': 'completions' }

export function readSdk(row: JsonObject, model: string, provider: ProviderApi, fields: FieldReader): Sdk {
  const own = fields.object('provider', row.provider)
  const sdk: Sdk = { model }
  if (own)
    putCall(sdk, provider, {
      npm: fields.text('provider.npm', own.npm),
      baseUrl: fields.baseUrl('provider.api', own.api),
      shape: fields.text('provider.shape', own.shape),
    })
  else if (row.api !== undefined) putCall(sdk, provider, readProtocol(row.api, fields))
  put(sdk, 'interleaved', readInterleaved(row.interleaved, fields))
  return sdk
}

type Call = { [key in 'npm' | 'baseUrl' | 'shape']?: string | undefined }

function putCall(sdk: Sdk, provider: ProviderApi, { npm, baseUrl, shape }: Call): void {
  if (npm !== provider.npm) put(sdk, 'npm', npm)
  if (baseUrl !== provider.baseUrl) put(sdk, 'baseUrl', baseUrl)
  put(sdk, 'shape', shape)
}

function readProtocol(value: unknown, fields: FieldReader): Call {
  const [first] = Object.entries(fields.object('api', value) ?? {})
  if (first === undefined) return {}
  const [protocol, said] = first
  const entry = fields.object('api', said) ?? {}
  const packages = fields.object('api.sdk', entry.sdk) ?? {}
  return {
    npm: fields.text('api.sdk.aisdk', packages.aisdk),
    baseUrl: fields.baseUrl('api.base_url', entry.base_url),
    shape: fields.text('api', Object.hasOwn(SHAPES, protocol) ? SHAPES[protocol] : protocol),
  }
}

function readInterleaved(value: unknown, fields: FieldReader): Sdk['interleaved'] {
  if (typeof value === 'boolean') return value || undefined
  const said = fields.object('interleaved', value)
  if (said === undefined) return undefined
  const field = fields.text('interleaved.field', said.field)
  return field === undefined ? true : { field }
}
