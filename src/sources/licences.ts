/** Licences that several sources use. */
import type { Attribution } from '../core/schema/history.ts'

export const CC_BY_4: Attribution['license'] = {
  name: 'CC BY 4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
}
