/** What the facts of a statement must be: those of a model, each of them optional, and no others. */
import * as z from 'zod'
import { Model } from '../../../src/core/schema/model.ts'

export const ModelFactsSchema = z.strictObject(Model.shape).partial()
