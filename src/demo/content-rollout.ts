import type { Move } from './courses.ts'
import type { Story, Voice } from './story.ts'

/** The name of the voice of the one ticket that goes on for weeks, with an entry for each piece of equipment. */
export const rollout = 'rollout'

export const rolloutStory: Story = {
  subject: 'Actualizar el sistema operativo de los 48 equipos de la sede Norte',
  description:
    'La versión actual deja de recibir correcciones de seguridad. Hay que actualizar los 48 equipos sin detener ' +
    'la entrega de resultados.\n\nAcordamos con las áreas:\n' +
    '1. De dos a cuatro equipos por día, después de las 16:00.\n' +
    '2. Copia de seguridad antes de empezar.\n' +
    '3. Una línea en la bitácora por cada equipo terminado.',
  resolution: 'Los 48 equipos quedaron actualizados y con copia de seguridad.',
}

const outcomes = [
  'actualizado y probado, sin novedades.',
  'actualizado. Se cambió también el disco, que daba avisos.',
  'actualizado al segundo intento; faltaba espacio en el disco.',
  'actualizado. La persona ya entró y comprobó sus programas.',
  'actualizado; se instaló de nuevo el controlador de la impresora de etiquetas.',
  'actualizado por la noche, a distancia.',
  'actualizado; tardó más de lo normal por la red inalámbrica. El resto se hará por cable.',
]
const places = ['Recepción', 'Microbiología', 'Química', 'Almacén', 'Facturación']

export const rolloutVoice: Voice = {
  progress: Array.from({ length: 48 }, (_, index) => {
    const place = places[Math.floor(index / 10)] ?? places[0]
    return `${index + 1} de 48 · EQ-${1301 + index} (${place}): ${outcomes[(index * 3) % outcomes.length]}`
  }),
  notes: [
    'Licencias por volumen en el gestor de contraseñas, carpeta "Sede Norte".',
    'Dos equipos de Química tienen instrumentos conectados por puerto serie: probarlos antes con el proveedor.',
    'Guardar las imágenes anteriores hasta fin de mes y después borrarlas.',
  ],
  exchanges: [
    {
      question: '¿Podemos pasar la próxima semana a Microbiología, fuera del horario de siembras?',
      answer: 'Sí, de martes a jueves después de las 17:00. El lunes hay inventario.',
    },
    {
      question: 'Queda un equipo que nadie reconoce junto a la puerta del almacén. ¿Sigue en uso?',
      answer: 'Es el de control de temperatura. Se usa todos los días; avísenme antes y lo dejo libre una hora.',
    },
    {
      question: '¿Quién comprueba los instrumentos conectados después de actualizar Química?',
      answer: 'La persona de Metrología. Ya lo tiene en su agenda.',
    },
  ],
}

const machines = (count: number): Move[] => Array.from({ length: count }, () => 'progress')

/** Goes on still: the last machines are missing. */
export const rolloutCourse: readonly Move[] = [
  'assign',
  'instruct',
  'start',
  'note',
  ...machines(10),
  'ask',
  'reply',
  ...machines(9),
  'chase',
  ...machines(8),
  'note',
  'ask',
  'reply',
  ...machines(9),
  'add',
  ...machines(8),
  'note',
  'ask',
  'reply',
  'instruct',
  'progress',
]
