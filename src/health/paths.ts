/** For whoever watches the process: a service manager, a load balancer. */
export const paths = { alive: '/salud/vivo', ready: '/salud/listo' }
