/** The schemas of bodies, evaluated when the first of them is looked at. */
export const bodies = () => import('./bodies.ts')
