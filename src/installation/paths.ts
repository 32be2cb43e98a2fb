export const paths = { installation: '/instalacion' }
