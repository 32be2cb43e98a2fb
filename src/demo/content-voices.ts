import { rollout, rolloutVoice } from './content-rollout.ts'
import type { Voice } from './story.ts'

/** How the people of each area write in the bitácora, by area; and those of the long ticket. */
export const voices: Record<string, Voice> = {
  Sistemas: {
    progress: [
      'Revisé el equipo en el lugar y ya identifiqué la causa. Falta probar la solución con más tiempo.',
      'Hice un cambio temporal para que pueda seguir trabajando. La corrección definitiva queda para mañana temprano.',
      'Ya reproduje el problema en otro equipo, así que no depende de su cuenta.',
      'Quedó corregido en las pruebas. Hoy, fuera de horario, lo paso al sistema que usan todos.',
      'Actualicé los componentes necesarios y reinicié el servicio. Estoy observando si se repite.',
      'Pedí al proveedor la versión corregida; respondió que la envía hoy mismo.',
      'Avancé con la mitad de los pasos. Continúo después del cierre para no interrumpirle.',
      'Dejé activado un registro detallado. Si vuelve a suceder, por favor anote la hora y siga trabajando.',
      'Ya está la copia de seguridad. Con eso puedo hacer el cambio sin riesgo para sus archivos.',
      'Hablé con la persona que usa el equipo por las tardes y el síntoma es el mismo.',
    ],
    notes: [
      'El equipo tiene más de seis años. Conviene incluirlo en la renovación de este año.',
      'Mismo síntoma que el mes pasado en otra área. Revisar si comparten el mismo conmutador.',
      'La clave del proveedor está en el gestor de contraseñas, carpeta "Contratos".',
      'No reiniciar el servidor antes de las 19:00: hay informes programados.',
      'Encontré la configuración cambiada a mano. Falta confirmar quién hizo el cambio.',
      'La garantía vence el mes próximo; si se repite, mejor pedir el reemplazo ya.',
    ],
    exchanges: [
      {
        question: '¿Me puede decir qué mensaje aparece exactamente en la pantalla?',
        answer: 'Dice "Operación no permitida" y debajo un número, 0x80070005. Después se cierra.',
      },
      {
        question: '¿Le sucede en un solo equipo o también si entra desde otro?',
        answer: 'Probé en el equipo de al lado y pasa lo mismo con mi cuenta.',
      },
      {
        question: '¿A qué hora podemos tomar control de su equipo unos quince minutos?',
        answer: 'Hoy entre las 13:00 y las 14:00, que estoy en pausa, o mañana antes de las 9:00.',
      },
      {
        question: '¿Recuerda si cambió algo el día en que empezó?',
        answer: 'Solo se instaló una actualización que pidió reiniciar. Nada más, que yo sepa.',
      },
      {
        question: '¿Puede probar de nuevo y decirme si todavía sucede?',
        answer: 'Probé hace un momento. Mejoró, pero una de cada tres veces todavía falla.',
      },
      {
        question: '¿Cuántas personas tienen el mismo problema?',
        answer: 'Somos cuatro en el área y a las cuatro nos pasa.',
      },
    ],
  },
  Mantenimiento: {
    progress: [
      'Pasé al lugar y tomé medidas. Vuelvo con la pieza correcta.',
      'Quedó una reparación provisional y segura. El cambio definitivo será cuando llegue la pieza.',
      'Coordiné con el área para trabajar después de las 16:00 y no interrumpir.',
      'El proveedor externo confirmó visita. Yo los acompaño.',
      'Avance: desmontado y limpio. Falta armar y probar.',
      'Se aisló la zona y se puso un letrero mientras termino.',
      'Hice una primera prueba y funcionó. La repito con carga normal antes de cerrar.',
      'Ya retiré la pieza dañada y llevé la muestra para conseguir una igual.',
    ],
    notes: [
      'La pieza está en el estante 4 del almacén; quedan dos.',
      'Es la tercera falla del año en este punto. Proponer reemplazo completo.',
      'Para trabajar aquí se necesita permiso de altura.',
      'El plano que tenemos no coincide con la instalación. Actualizarlo al terminar.',
      'El proveedor cobra visita mínima: juntar con los otros pendientes de la sede.',
    ],
    exchanges: [
      {
        question: '¿En qué horario podemos entrar sin molestar?',
        answer: 'De lunes a jueves después de las 15:00. El viernes hay visitas todo el día.',
      },
      {
        question: '¿Sigue pasando igual o empeoró desde el reporte?',
        answer: 'Empeoró un poco: ayer solo era por la tarde y hoy fue desde temprano.',
      },
      {
        question: '¿Hay algo conectado o guardado ahí que debamos mover antes?',
        answer: 'Dos cajas y un equipo pequeño. Los retiramos nosotros antes de que lleguen.',
      },
      {
        question: '¿Me puede indicar el punto exacto?',
        answer: 'Entrando a la izquierda, junto a la ventana. Dejé una cinta amarilla.',
      },
    ],
  },
  'Recursos Humanos': {
    progress: [
      'Recibí su solicitud y revisé el expediente. Solo falta la firma de la jefatura.',
      'Ya está en el sistema. Mañana se actualiza su consulta.',
      'Hablé con el área de pagos y confirmó que entra en el próximo cierre.',
      'Preparé el documento; lo paso a firma esta tarde.',
      'Estoy comprobando los registros del reloj contra la lista en papel.',
      'La persona que autoriza regresa el lunes. Le aviso en cuanto firme.',
    ],
    notes: [
      'Confirmar con la jefatura antes de responder; hubo un caso parecido el mes pasado.',
      'El expediente no tiene el comprobante de domicilio vigente.',
      'Ojo con los datos personales: responder solo al correo registrado.',
      'Revisar si a más personas del mismo turno les pasó.',
    ],
    exchanges: [
      { question: '¿Me confirma su número de empleado?', answer: 'Es el 1187. Está también en mi gafete.' },
      { question: '¿Su jefatura ya está enterada?', answer: 'Sí, lo hablamos ayer y me pidió hacerlo por este medio.' },
      { question: '¿Lo prefiere impreso o en PDF?', answer: 'En PDF está bien; si hace falta impreso, paso por él.' },
      { question: '¿Desde qué fecha debe contar?', answer: 'Desde el primero de este mes, por favor.' },
    ],
  },
  Compras: {
    progress: [
      'Envié el reclamo al proveedor con las fotografías. Responden en 48 horas.',
      'La orden ya está autorizada. Comparto fecha de entrega en cuanto la confirmen.',
      'Pedí tres cotizaciones; llegaron dos.',
      'El proveedor ofrece una marca equivalente. Lo consulto con su área antes de aceptar.',
      'El pedido salió hoy. La guía está en la carpeta de seguimiento.',
      'Recibido en almacén; falta la revisión de calidad.',
    ],
    notes: [
      'Este proveedor lleva tres atrasos. Considerarlo en la evaluación semestral.',
      'El presupuesto del área alcanza para la mitad. Hablar con Dirección.',
      'Hay existencias en otra sede: revisar antes de comprar.',
      'No aceptar sustitutos sin la hoja de seguridad.',
    ],
    exchanges: [
      {
        question: '¿Para qué fecha lo necesitan como máximo?',
        answer: 'Para el fin de la próxima semana. Hasta entonces nos alcanza.',
      },
      {
        question: '¿Aceptarían otra marca con las mismas características?',
        answer: 'Sí, siempre que tenga certificado de análisis.',
      },
      {
        question: '¿Me comparte la clave del producto anterior?',
        answer: 'Es la GN-4410, está en la etiqueta de la caja vacía.',
      },
      { question: '¿Quién recibe en su área?', answer: 'Cualquiera del turno de la mañana, hasta las 14:00.' },
    ],
  },
  'Servicio al Cliente': {
    progress: [
      'Ya localicé su muestra. Le confirmo la hora de entrega en cuanto el laboratorio la libere.',
      'Pasé su caso al área de facturación; me responden hoy.',
      'Programé la visita. El chofer llamará media hora antes.',
      'El informe está en revisión final.',
      'Encontré la diferencia y pedí la corrección. Le envío el documento nuevo en cuanto lo tenga.',
      'Hablé con el laboratorio: el resultado está completo y falta la segunda firma.',
      'Le envié por correo un avance, todavía no oficial.',
    ],
    notes: [
      'Cliente con contrato anual: cuidar los tiempos.',
      'Laboratorio pide no prometer fecha hasta repetir el control.',
      'Segunda queja del trimestre por el mismo motivo. Informar en la junta del lunes.',
      'Verificar con el chofer a qué hora pasó realmente.',
      'El descuento requiere visto bueno de Dirección.',
    ],
    exchanges: [
      { question: '¿A qué correo debemos enviarlo?', answer: 'Al mismo de siempre y con copia a calidad, por favor.' },
      {
        question: '¿Nos comparte el número de la hoja de campo?',
        answer: 'Es la 20317; la letra no se ve muy bien, pero creo que es esa.',
      },
      {
        question: '¿En qué horario podemos pasar?',
        answer: 'De 9:00 a 13:00. Después cierra la caseta y no dejan entrar vehículos.',
      },
      {
        question: '¿Quién recibe en sus instalaciones?',
        answer: 'La persona de turno en vigilancia; ya tiene el aviso.',
      },
    ],
  },
  [rollout]: rolloutVoice,
}
