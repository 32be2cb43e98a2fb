import type { ImpedimentReason } from '../generated/prisma/enums.ts'

/** What stops a ticket of any area, and how that ends; gone through in turn. */
export const impediments: readonly { reason: ImpedimentReason; text: string; end: string }[] = [
  {
    reason: 'ESPERA_REFACCION',
    text: 'La pieza está pedida; el almacén calcula que llegue en tres días hábiles.',
    end: 'Llegó la pieza. Se continúa hoy mismo.',
  },
  {
    reason: 'PROVEEDOR',
    text: 'El proveedor tiene que confirmar la visita. Se le volvió a llamar por la mañana.',
    end: 'El proveedor confirmó y ya hizo su parte.',
  },
  {
    reason: 'RESPUESTA_SOLICITANTE',
    text: 'Faltan datos para seguir; se pidieron por la bitácora y por teléfono.',
    end: 'Ya respondieron con lo que faltaba.',
  },
  {
    reason: 'PROVEEDOR',
    text: 'La garantía la atiende el fabricante; abrió un caso y pidió dos días para responder.',
    end: 'El fabricante respondió y la garantía cubre el arreglo.',
  },
  {
    reason: 'OTRA',
    text: 'El área está cerrada por inventario y no se puede entrar hasta que termine.',
    end: 'Terminó el inventario y se pudo entrar.',
  },
]
