import { rollout, rolloutVoice } from './content-rollout.ts'
import type { Voice } from './story.ts'

/** How people write in the bitácora, by area and kind of category; what they say fits every ticket of these. And the long ticket's. */
export const voices: Readonly<Record<string, Voice>> = {
  'Sistemas PROBLEMA': {
    progress: [
      'Ya pude ver en su equipo lo mismo que describe. Estoy buscando la causa.',
      'Encontré una causa probable. Hago una prueba más antes de confirmarla.',
      'Hice un cambio temporal para que pueda seguir trabajando. La corrección definitiva queda para mañana temprano.',
      'Revisé los registros de los últimos días: coincide con la hora que usted indica.',
      'Lo consulté con el proveedor y ya respondió. Sigo sus pasos hoy por la tarde.',
      'Descarté varias causas; quedan dos por probar.',
      'Parece resuelto. Lo dejo en observación unas horas antes de cerrar.',
      'Avancé con la mitad de la revisión. Continúo fuera de horario para no interrumpirle.',
    ],
    notes: [
      'Mismo síntoma que el mes pasado en otra área. Revisar si tienen algo en común.',
      'No reiniciar nada antes de las 19:00: hay informes programados.',
      'Encontré la configuración cambiada a mano. Falta confirmar quién hizo el cambio.',
      'Si se repite, conviene pedir el reemplazo mientras hay garantía.',
      'Dejé los pasos que probé en la base de conocimiento, por si alguien más toma el caso.',
    ],
    exchanges: [
      {
        question: '¿Me puede decir desde cuándo sucede?',
        answer: 'Desde hace dos días. Antes no me había pasado nunca.',
      },
      {
        question: '¿Le sucede todo el tiempo o solo a ciertas horas?',
        answer: 'A ratos. Sobre todo a media mañana, cuando estamos todos.',
      },
      {
        question: '¿A qué hora podemos revisarlo con usted unos quince minutos?',
        answer: 'Mañana entre las 13:00 y las 14:00, que estoy en pausa, o antes de las 9:00.',
      },
      {
        question: '¿Recuerda si cambió algo el día en que empezó?',
        answer: 'Hubo una actualización que pidió reiniciar. Nada más, que yo sepa.',
      },
      {
        question: '¿Puede probar de nuevo y decirme si todavía sucede?',
        answer: 'Probé hace un momento. Mejoró, pero una de cada tres veces todavía falla.',
      },
    ],
  },
  'Sistemas REQUERIMIENTO': {
    progress: [
      'Tengo todo lo necesario. Lo preparo hoy por la tarde.',
      'Ya está preparado; falta probarlo antes de entregarlo.',
      'Pedí la autorización correspondiente y llegó hoy. Continúo.',
      'Quedó la primera parte. La segunda depende de una respuesta que llega mañana.',
      'Lo coordiné con la persona para no interrumpir su trabajo.',
    ],
    notes: [
      'Autorización por correo de la jefatura, archivada con la fecha de hoy.',
      'Anotar en el inventario al terminar.',
      'Queda uno solo en existencia: avisar a Compras.',
      'Revisar si con lo que ya tienen es suficiente antes de comprar.',
    ],
    exchanges: [
      {
        question: '¿Para qué fecha lo necesitan?',
        answer: 'Si se puede, para el fin de esta semana. Si no, el lunes está bien.',
      },
      {
        question: '¿Quién lo autoriza en su área?',
        answer: 'Mi jefatura; ya está enterada y puede responder por correo.',
      },
      { question: '¿Lo usará una sola persona o varias?', answer: 'Tres personas, en dos turnos.' },
      {
        question: '¿Tienen preferencia de horario para dejarlo listo?',
        answer: 'Por la tarde, después de las 16:00, hay menos movimiento.',
      },
    ],
  },
  'Mantenimiento PROBLEMA': {
    progress: [
      'Pasé al lugar y revisé. Vuelvo con herramienta y material.',
      'Quedó una reparación provisional y segura. La definitiva será cuando llegue la pieza.',
      'Ya conseguí la pieza. La coloco mañana a primera hora.',
      'El proveedor externo confirmó visita. Yo lo acompaño.',
      'Se puso un letrero y se aisló la zona mientras termino.',
      'Hice una primera prueba y funcionó. La repito antes de cerrar.',
    ],
    notes: [
      'La pieza está en el estante 4 del almacén; quedan dos.',
      'Es la tercera vez en el año. Proponer reemplazo completo.',
      'El plano que tenemos no coincide con lo que hay. Actualizarlo al terminar.',
      'El proveedor cobra visita mínima: juntar con los otros pendientes de la sede.',
    ],
    exchanges: [
      {
        question: '¿En qué horario podemos entrar sin molestar?',
        answer: 'De lunes a jueves después de las 15:00. El viernes hay visitas todo el día.',
      },
      {
        question: '¿Sigue igual o empeoró desde el reporte?',
        answer: 'Empeoró un poco: ayer era solo por la tarde y hoy fue desde temprano.',
      },
      {
        question: '¿Hay algo cerca que debamos mover antes?',
        answer: 'Dos cajas y un equipo pequeño. Los retiramos nosotros antes de que lleguen.',
      },
      {
        question: '¿Me puede indicar el punto exacto?',
        answer: 'Entrando a la izquierda, junto a la ventana. Dejé una cinta amarilla.',
      },
    ],
  },
  'Mantenimiento REQUERIMIENTO': {
    progress: [
      'Pasé al lugar y tomé medidas.',
      'El material ya está apartado. Falta fijar el día con el área.',
      'Lo programé fuera de horario para no interrumpir.',
      'Avance: terminada la primera mitad.',
    ],
    notes: [
      'Sumar este trabajo al calendario anual.',
      'Se necesita una segunda persona para moverlo con seguridad.',
      'Pedir a Compras el material que falta; el resto está en almacén.',
    ],
    exchanges: [
      { question: '¿Qué día les conviene?', answer: 'Cualquiera menos el lunes, que hay inventario.' },
      { question: '¿Quién nos recibe en el área?', answer: 'La persona de turno; ya dejé el aviso.' },
      {
        question: '¿Necesitan que quede terminado en una sola visita?',
        answer: 'No hace falta. Puede ser en dos partes.',
      },
    ],
  },
  'Recursos Humanos PROBLEMA': {
    progress: [
      'Revisé su expediente y los registros de esos días. Ya ubiqué la diferencia.',
      'Pedí la corrección al área de pagos; responde hoy.',
      'Hablé con su jefatura y coincide con lo que usted indica.',
      'Está corregido en el sistema. Mañana se actualiza su consulta.',
    ],
    notes: [
      'Revisar si a más personas del mismo turno les pasó.',
      'Ojo con los datos personales: responder solo al correo registrado.',
      'Confirmar con la jefatura antes de responder.',
    ],
    exchanges: [
      { question: '¿Me confirma su número de empleado?', answer: 'Es el 1187. Está también en mi gafete.' },
      { question: '¿Su jefatura ya está enterada?', answer: 'Sí, lo hablamos ayer y me pidió hacerlo por este medio.' },
      {
        question: '¿Tiene algún comprobante que podamos anexar?',
        answer: 'Sí, lo dejo hoy en Recepción, en un sobre.',
      },
    ],
  },
  'Recursos Humanos REQUERIMIENTO': {
    progress: [
      'Recibí su solicitud y revisé el expediente. Solo falta una firma.',
      'La persona que autoriza regresa mañana. Le aviso en cuanto firme.',
      'Ya está registrado. Le confirmo al terminar el trámite.',
    ],
    notes: [
      'El expediente no tiene el comprobante de domicilio vigente.',
      'Sin observaciones de la jefatura.',
      'Archivar copia en el expediente digital.',
    ],
    exchanges: [
      { question: '¿Su jefatura ya está enterada?', answer: 'Sí, está de acuerdo y puede confirmarlo.' },
      { question: '¿Me confirma su número de empleado?', answer: 'Es el 1187. Está también en mi gafete.' },
      {
        question: '¿La confirmación la prefiere impresa o en PDF?',
        answer: 'En PDF está bien; si hace falta impresa, paso por ella.',
      },
    ],
  },
  'Compras PROBLEMA': {
    progress: [
      'Envié el reclamo al proveedor. Responde en 48 horas.',
      'El proveedor aceptó el reclamo; falta que confirme la fecha.',
      'Hablé con el transporte y ya localizaron la entrega.',
      'Llegó hoy al almacén; falta la revisión de calidad.',
    ],
    notes: [
      'Este proveedor lleva tres atrasos. Considerarlo en la evaluación semestral.',
      'No pagar la factura hasta que se resuelva.',
      'Hay existencias en otra sede: se pueden pedir prestadas.',
    ],
    exchanges: [
      {
        question: '¿Hasta cuándo les alcanza lo que tienen?',
        answer: 'Hasta el fin de la próxima semana, si no aumenta el trabajo.',
      },
      { question: '¿Conservan la nota de entrega?', answer: 'Sí, está firmada y con la observación escrita.' },
      { question: '¿Quién recibe en su área?', answer: 'Cualquiera del turno de la mañana, hasta las 14:00.' },
    ],
  },
  'Compras REQUERIMIENTO': {
    progress: [
      'La solicitud ya está autorizada. Comparto fecha en cuanto la confirmen.',
      'Pedí tres propuestas; llegaron dos.',
      'Revisé los documentos y están completos.',
      'El proveedor ofrece una opción equivalente. La consulto con su área antes de aceptar.',
    ],
    notes: [
      'El presupuesto del área alcanza justo. Hablar con Dirección si sube el precio.',
      'Hay existencias en otra sede: revisar antes de comprar.',
      'No aceptar sustitutos sin la hoja de seguridad.',
    ],
    exchanges: [
      { question: '¿Para qué fecha lo necesitan como máximo?', answer: 'Para el fin de la próxima semana.' },
      {
        question: '¿Aceptarían otra opción con las mismas características?',
        answer: 'Sí, siempre que tenga certificado.',
      },
      { question: '¿Quién lo autoriza en su área?', answer: 'La jefatura; puede confirmarlo por correo.' },
    ],
  },
  'Servicio al Cliente PROBLEMA': {
    progress: [
      'Ya localicé su caso. Le confirmo en cuanto tenga la respuesta del área.',
      'Encontré la diferencia y pedí la corrección.',
      'Hablé con el laboratorio: están revisando el registro completo.',
      'Le llamo hoy por la tarde para explicarle el avance.',
      'Está corregido; falta la segunda firma.',
    ],
    notes: [
      'Cliente con contrato anual: cuidar los tiempos.',
      'Laboratorio pide no prometer fecha hasta repetir el control.',
      'Segunda queja del trimestre por el mismo motivo. Informar en la junta del lunes.',
      'Ofrecer la repetición sin costo si lo pide.',
    ],
    exchanges: [
      {
        question: '¿Nos comparte el número de la hoja de campo?',
        answer: 'Es la 20317; la letra no se ve muy bien, pero creo que es esa.',
      },
      { question: '¿A qué correo debemos enviarlo?', answer: 'Al mismo de siempre y con copia a calidad, por favor.' },
      {
        question: '¿Qué persona lo revisó de su lado?',
        answer: 'La encargada de calidad de la mañana. Puede llamarle directamente.',
      },
    ],
  },
  'Servicio al Cliente REQUERIMIENTO': {
    progress: [
      'Recibimos su solicitud y ya está en preparación.',
      'Está listo de nuestro lado; falta confirmar el horario.',
      'Lo revisó el área técnica. Le envío la respuesta hoy.',
      'Quedó programado. Le avisaremos con un día de anticipación.',
    ],
    notes: [
      'Cliente con contrato anual: cuidar los tiempos.',
      'El descuento requiere visto bueno de Dirección.',
      'Confirmar disponibilidad de la ruta antes de responder.',
    ],
    exchanges: [
      {
        question: '¿En qué horario le conviene?',
        answer: 'De 9:00 a 13:00. Después cierra la caseta y no dejan entrar vehículos.',
      },
      { question: '¿A qué correo debemos enviarlo?', answer: 'Al mismo de siempre y con copia a calidad, por favor.' },
      {
        question: '¿Quién recibe en sus instalaciones?',
        answer: 'La persona de turno en vigilancia; ya tiene el aviso.',
      },
    ],
  },
  [rollout]: rolloutVoice,
}
