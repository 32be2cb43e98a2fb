// What the tickets of the bench are written with. Nothing here was written by anybody else.

/** Stands in about every fifth ticket. */
export const COMMON_WORD = 'impresora'
/** Stands in ten tickets, however many there are. */
export const RARE_WORD = 'centrifugadora'
/** Stands in every fifth ticket, and in none of the newest fifth. */
export const FADED_WORD = 'fax'
/** Stands in two of a hundred tickets. */
export const UNCOMMON_WORD = 'becario'

export const areas = [
  'Sistemas',
  'Mantenimiento',
  'Recursos Humanos',
  'Compras',
  'Contabilidad',
  'Almacén',
  'Seguridad',
  'Limpieza',
  'Laboratorio',
  'Comunicación',
  'Jurídico',
  'Transporte',
  'Capacitación',
  'Biblioteca',
  'Archivo',
  'Atención al cliente',
  'Telefonía',
  'Obras',
  'Calidad',
  'Cafetería',
]

/** Of each area; the first half are problems. */
export const categories = [
  'Equipo que no funciona',
  'Servicio interrumpido',
  'Error en un trámite',
  'Equipo nuevo',
  'Acceso o permiso',
  'Consulta',
]

export const firstNames = [
  'Adriana',
  'Bruno',
  'Carmen',
  'Darío',
  'Elisa',
  'Fabián',
  'Gloria',
  'Hugo',
  'Inés',
  'Joaquín',
  'Karla',
  'Leandro',
  'Mónica',
  'Nicolás',
  'Olga',
  'Pablo',
  'Raquel',
  'Sebastián',
  'Teresa',
  'Ulises',
  'Verónica',
  'Walter',
  'Ximena',
]

export const lastNames = [
  'Aguirre',
  'Benítez',
  'Cordero',
  'Domínguez',
  'Escobar',
  'Figueroa',
  'Galindo',
  'Herrera',
  'Ibáñez',
  'Jaramillo',
  'Landa',
  'Montes',
  'Núñez',
  'Ortega',
  'Paredes',
  'Quiroga',
  'Rivas',
  'Salcedo',
  'Tapia',
  'Urrutia',
  'Valencia',
  'Yáñez',
  'Zamora',
]

/** What a ticket is about where it is not about the common or the rare thing. */
export const things = [
  'la computadora',
  'el teléfono',
  'el aire acondicionado',
  'la puerta de vidrio',
  'el proyector',
  'la red inalámbrica',
  'el correo electrónico',
  'la cafetera',
  'el elevador',
  'la lámpara del pasillo',
  'el sistema de nómina',
  'la carpeta compartida',
  'el lector de tarjetas',
  'la silla',
  'el reloj checador',
  'la llave del agua',
  'el monitor',
  'la cámara de la entrada',
  'el programa de facturas',
  'la báscula',
  'el teclado',
  'la ventana',
  'el estacionamiento',
  'la cuenta de usuario',
]

export const troubles = [
  'no enciende',
  'se apaga sin motivo',
  'muestra un error al abrir',
  'hace mucho ruido',
  'está muy lenta o lento desde ayer',
  'dejó de responder',
  'no reconoce mi contraseña',
  'necesita una revisión',
  'gotea y moja el piso',
  'se traba varias veces al día',
  'pide una actualización que no puedo instalar',
  'ya no cierra bien',
  'perdió la configuración',
  'quedó dañada o dañado con la lluvia',
]

export const places = [
  'en recepción',
  'en la sala de juntas',
  'en el segundo piso',
  'en la bodega norte',
  'en el edificio B',
  'en la oficina de ventas',
  'en el comedor',
  'en la entrada principal',
  'en el turno de la noche',
  'en la sucursal del centro',
  'en el laboratorio',
  'en la dirección',
]

/** Sentences of a description. */
export const circumstances = [
  'Empezó ayer por la tarde, después de un corte de luz.',
  'Ya reinicié dos veces y sigue igual.',
  'Somos ocho personas las que no podemos trabajar.',
  'No es urgente, pero conviene verlo antes del viernes.',
  'Ocurre sobre todo por la mañana, cuando llegamos todos.',
  'Mis compañeros de al lado tienen el mismo problema.',
  'La semana pasada vino alguien y quedó bien un par de días.',
  'Adjunto más adelante una foto si hace falta.',
  'El proveedor dice que la garantía todavía está vigente.',
  'Lo necesitamos para la reunión con los auditores.',
  'Pueden pasar a cualquier hora entre nueve y seis.',
  'Por favor avisen antes de venir para dejar libre el lugar.',
  'No he cambiado nada y nadie más lo usa.',
  'Cuando lo muevo un poco vuelve a funcionar unos minutos.',
  'Aparece un mensaje en inglés que desaparece enseguida.',
  'También falta cambiar la etiqueta del inventario.',
]

/** What whoever attends writes. */
export const progress = [
  'Revisé el equipo en sitio; la falla se repite y la estoy documentando.',
  'Pedí la pieza al almacén, llega entre mañana y pasado.',
  'Cambié el cable y quedó en observación hasta la tarde.',
  'Hablé con el proveedor; confirma que la garantía lo cubre.',
  'Restablecí los permisos y pedí que cierre e inicie la sesión otra vez.',
  'Dejé un equipo de préstamo mientras se repara el original.',
  'Actualicé el programa a la última versión y limpié los archivos temporales.',
  'Hace falta que alguien abra el cuarto de máquinas para continuar.',
  'Medí la corriente en el contacto y está fuera de rango.',
  'Quedó funcionando, pero quiero verlo mañana en la hora pico.',
  'No encontré a nadie en el lugar; volveré por la tarde.',
  'Se ajustó la configuración según la guía interna.',
]

/** What the requester answers. */
export const answers = [
  'Gracias, aquí estoy hasta las cinco.',
  'Sigue igual, ahora también pasa con el equipo de junto.',
  'Ya puedo entrar, pero tarda bastante.',
  '¿Hay alguna fecha estimada?',
  'El número de inventario está en la etiqueta de atrás.',
  'Muchas gracias por la atención tan rápida.',
  'Mañana no voy a estar, puede recibirlos mi compañera.',
  'Volvió a fallar hace un momento, con el mismo mensaje.',
]

export const notes = ['', 'Por favor atender hoy.', 'Conoce bien el lugar.', 'Es del turno de la tarde.']

export const resolutions = [
  'Se reemplazó la pieza dañada y se comprobó con la persona que lo pidió.',
  'Se corrigió la configuración; funciona con normalidad.',
  'Se entregó el equipo nuevo y se retiró el anterior.',
  'Se dieron los permisos solicitados.',
  'El servicio volvió después de que el proveedor reparó la línea.',
  'Se explicó el procedimiento y quedó una guía en la carpeta del área.',
]

export const cancellations = [
  'Ya no hace falta, se resolvió por otro lado.',
  'Está repetido: ya hay otro ticket por lo mismo.',
  'No corresponde a esta organización.',
]

export const impediments = [
  'Falta la refacción, el proveedor la entrega la próxima semana.',
  'Esperamos que la persona confirme cuándo podemos pasar.',
  'El cuarto está cerrado por obras.',
]
