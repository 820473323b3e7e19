/** The schema of the facts in a statement: those of a model, all optional, and no others. */
import * as z from 'zod'
import { Model } from '../../../src/core/schema/model.ts'

export const ModelFactsSchema = z.strictObject(Model.shape).partial()
