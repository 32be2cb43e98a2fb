export const paths = {
  steps: '/primeros-pasos',
  organization: '/primeros-pasos/organizacion',
  area: '/primeros-pasos/area',
  dismissal: '/primeros-pasos/descarte',
}
