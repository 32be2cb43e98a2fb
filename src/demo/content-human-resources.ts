import type { Stories } from './story.ts'

/** What employees bring to Recursos Humanos. */
export const humanResources: Stories = {
  'Recibo de pago': [
    {
      subject: 'El recibo no incluye mis horas extra',
      description: 'Trabajé seis horas extra, autorizadas por mi jefatura, y no aparecen en el último recibo.',
      resolution:
        'El reporte llegó después del cierre. Las horas se pagan en el próximo recibo, con la nota correspondiente.',
    },
    {
      subject: 'Descuento que no reconozco en el último recibo',
      description: 'Aparece un concepto "Otros" que no tenía antes. Quisiera saber a qué corresponde.',
      resolution:
        'Era la aportación al fondo de ahorro, inscrita en la campaña de ingreso. Se explicó y la persona decidió ' +
        'conservarla.',
    },
    {
      subject: 'No puedo abrir mi recibo de pago',
      description: 'El archivo pide una contraseña y la que me dieron al ingresar no funciona. Soy de {lugar}.',
      resolution:
        'La contraseña cambió al actualizar el documento de identidad. Se envió la nueva por el medio registrado.',
    },
    {
      subject: 'El depósito llegó a mi cuenta anterior',
      description:
        'Avisé del cambio de banco antes del cierre, pero el depósito se hizo en la cuenta que estoy por cancelar.',
      resolution:
        'Se actualizó la cuenta y se confirmó que el depósito anterior sí quedó disponible. El próximo llega a la ' +
        'nueva.',
    },
  ],
  'Registro de asistencia': [
    {
      subject: 'El reloj de la {sede} no lee mi huella',
      description: 'Desde el {dia} tengo que intentarlo unas diez veces. Al final firmo en la lista de papel.',
      resolution:
        'Se registraron de nuevo dos dedos y se limpió el lector. Las entradas de esos días se cargaron a mano.',
    },
    {
      subject: 'Aparezco con falta el {dia} y sí trabajé',
      description:
        'Ese día entré a las {hora} por la puerta de proveedores porque la principal estaba cerrada. Mi jefatura lo ' +
        'puede confirmar.',
      resolution: 'Con la confirmación de la jefatura se corrigió la asistencia. No habrá descuento.',
    },
    {
      subject: 'Mi cambio de turno no se refleja',
      description: 'Pasé al turno de la tarde en {lugar}, pero el sistema me sigue marcando retardos por la mañana.',
      resolution: 'Se cargó el turno nuevo desde su fecha real y se borraron los retardos.',
    },
    {
      subject: 'Registrar la visita a cliente como jornada trabajada',
      description: 'El {dia} estuve todo el día en las instalaciones de {cliente} y no pasé por el reloj.',
      resolution: 'Se registró la jornada con el comprobante de visita.',
    },
  ],
  'Vacaciones y permisos': [
    {
      subject: 'Vacaciones: una semana a partir del {dia}',
      description: 'Ya lo hablé con mi jefatura y mis compañeros de {lugar} cubren mis pendientes.',
      resolution: 'Autorizadas. Le quedan nueve días disponibles este periodo.',
    },
    {
      subject: 'Permiso por cita médica el {dia}',
      description: 'La cita es a las {hora}. Calculo volver después de la comida y traigo comprobante.',
      resolution: 'Permiso registrado con goce de sueldo. El comprobante quedó en el expediente.',
    },
    {
      subject: '¿Cuántos días de vacaciones me quedan?',
      description: 'En el sistema veo cero y según mis cuentas deberían ser siete.',
      resolution: 'Faltaba cargar el periodo nuevo. Son siete días; ya se ven en su consulta.',
    },
    {
      subject: 'Permiso para presentar un examen en la universidad',
      description: 'Es el {dia} por la mañana. Puedo reponer las horas el resto de la semana.',
      resolution: 'Se autorizó con reposición de horas y se avisó a la jefatura.',
    },
    {
      subject: 'Licencia por nacimiento de mi hija 👶',
      description:
        'Nació ayer, antes de lo previsto. Envío el certificado en cuanto me lo entreguen. ¿Qué más necesitan?',
      resolution:
        'Licencia registrada desde el día del nacimiento. ¡Felicidades! El documento ya está en el expediente.',
    },
  ],
  'Constancias y cartas': [
    {
      subject: 'Constancia laboral para trámite bancario',
      description: 'Debe llevar puesto, antigüedad e ingreso mensual. La necesito para el {dia}, si es posible.',
      resolution: 'Se entregó firmada y sellada, en papel y en PDF.',
    },
    {
      subject: 'Carta de recomendación para {persona}',
      description: 'Terminó sus prácticas con nosotros en {laboratorio} y la pide para su primer empleo.',
      resolution: 'Se redactó con los datos de su tutor y se envió a la persona.',
    },
    {
      subject: 'Constancia con domicilio actualizado',
      description: 'Me mudé. Además de la constancia, pido que se actualice el domicilio en mi expediente.',
      resolution: 'Se actualizó el expediente y se entregó la constancia.',
    },
  ],
  Capacitación: [
    {
      subject: 'Curso de primeros auxilios para {lugar}',
      description: 'Somos {cantidad} personas y la certificación anterior vence pronto.',
      resolution: 'Se programó en dos grupos para no dejar sola el área. Todas las personas aprobaron.',
    },
    {
      subject: 'Inscripción al curso de metrología',
      description: 'Me interesa el curso en línea de ocho semanas. Mi jefatura está de acuerdo.',
      resolution: 'Inscripción confirmada. El acceso llegó al correo de la persona.',
    },
    {
      subject: 'Repetir la inducción de seguridad para {persona}',
      description: 'Cambió de {lugar} a un área con químicos y no ha tomado el módulo correspondiente.',
      resolution: 'Tomó el módulo y aprobó la evaluación. Constancia en su expediente.',
    },
  ],
}
