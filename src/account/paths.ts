export const paths = { theme: '/cuenta/tema' }
