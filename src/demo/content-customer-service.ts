import type { Stories } from './story.ts'

/** What clients bring to Servicio al Cliente. */
export const customerService: Stories = {
  'Resultado atrasado': [
    {
      subject: 'Resultado {folio} sin entregar',
      description:
        'La fecha prometida era el {dia} y seguimos sin noticias. Tenemos un lote detenido en espera de ese informe.',
      resolution:
        'El informe se liberó y se envió por correo. Hubo que repetir una prueba de control; se explicó el motivo ' +
        'al cliente.',
    },
    {
      subject: 'Seis días de espera por el análisis de {estudio}',
      description: 'El tiempo de entrega ofrecido es de cuatro días. ¿Hay algún problema con la muestra?',
      resolution:
        'La incubación debía completarse. Se entregó el resultado y se corrigió el tiempo publicado para este estudio.',
    },
    {
      subject: 'Necesito el informe {folio} antes del {dia}',
      description:
        'La autoridad nos visita ese día y debemos mostrarlo impreso. Entiendo que el plazo es justo; cualquier ' +
        'adelanto ayuda 🙏',
      resolution: 'Se dio prioridad a la muestra y el informe se entregó un día antes.',
    },
    {
      subject: 'El portal dice "en proceso" desde hace una semana ({folio})',
      description: 'Las otras muestras de la misma recolección ya tienen resultado. Solo falta esta.',
      resolution: 'La muestra estaba terminada, pero sin validar. Se validó y se publicó.',
    },
    {
      subject: 'Falta un parámetro en el informe {folio}',
      description: 'Pedimos cloro residual y pH. El informe solo trae pH.',
      resolution: 'Se midió con la muestra de reserva y se emitió un informe complementario sin costo.',
    },
  ],
  'Factura con error': [
    {
      subject: 'Factura {folio} a nombre de otra razón social',
      description: 'Salió con los datos de nuestra empresa anterior. Contabilidad no la puede registrar así.',
      resolution: 'Se canceló y se emitió con los datos vigentes. También se actualizó la ficha del cliente.',
    },
    {
      subject: 'Nos cobraron dos veces el servicio del {dia}',
      description: 'Son dos facturas con el mismo detalle y números seguidos.',
      resolution: 'Se anuló la segunda y se envió el comprobante de anulación.',
    },
    {
      subject: 'El precio no coincide con la cotización {folio}',
      description: 'Cotizaron con descuento por volumen y la factura trae precio de lista.',
      resolution: 'Se aplicó el descuento y se envió una nota de crédito.',
    },
    {
      subject: 'Factura {folio} sin número de orden de compra',
      description: 'Sin ese dato, nuestro sistema de pagos la rechaza de forma automática.',
      resolution: 'Se reemplazó por una con el número de orden. Quedó anotado para las siguientes.',
    },
  ],
  'Muestra rechazada o dañada': [
    {
      subject: 'Rechazaron la muestra {folio} y no sabemos por qué',
      description: 'El aviso solo dice "No cumple criterios". Seguimos el instructivo paso a paso.',
      resolution: 'El envase no era estéril. Se explicó, se enviaron envases y la nueva toma se hizo sin costo.',
    },
    {
      subject: 'El envase de {estudio} se derramó en el traslado',
      description: 'La tapa venía floja. ¿Alcanza lo que quedó o hay que tomar otra muestra?',
      resolution: 'No alcanzaba. Se programó una toma nueva y se cambió el tipo de tapa.',
    },
    {
      subject: 'Muestra {folio} recibida fuera de temperatura',
      description: 'La entregamos con hielo y nuestro registro marca 4 °C. En recepción anotaron 11 °C.',
      resolution:
        'El termómetro de recepción se revisó contra patrón. Se aceptó el registro del cliente y se procesó la ' +
        'muestra.',
    },
    {
      subject: 'Etiquetas cambiadas entre dos muestras',
      description: 'La de cocina y la de almacén están invertidas. Nos dimos cuenta al revisar la hoja de campo.',
      resolution: 'Se corrigió antes del análisis, con la confirmación firmada del cliente.',
    },
  ],
  'Recolección de muestras': [
    {
      subject: 'Recolección de muestras de {estudio} el {dia}',
      description:
        'Son {cantidad} muestras. Estaremos listos desde las {hora}; preguntar por la persona encargada de calidad.',
      resolution: 'Se recogieron a la hora acordada y se entregó copia de la hoja de campo.',
    },
    {
      subject: 'No pasaron por las muestras del {dia}',
      description: 'Esperamos toda la mañana. Las guardamos en refrigeración, pero ya no sé si sirven.',
      resolution:
        'Hubo una avería del vehículo y no se avisó. Se recogieron muestras nuevas sin costo y se pidió una disculpa.',
    },
    {
      subject: 'Cambio de dirección para la próxima recolección',
      description: 'Nos mudamos a la calle de atrás. La entrada de proveedores es por el portón azul.',
      resolution: 'Dirección actualizada en la ruta y en la ficha del cliente.',
    },
    {
      subject: 'Recolección extra por inspección',
      description: 'Nos avisaron de una inspección y queremos un análisis de {estudio} antes.',
      resolution: 'Se agregó a la ruta del mismo día.',
    },
    {
      subject: 'Enviar {cantidad} envases estériles',
      description: 'Nos quedan solo dos. Si pueden venir con etiquetas impresas, mucho mejor.',
      resolution: 'Se enviaron con etiquetas e instructivo.',
    },
  ],
  'Copia de resultados o facturas': [
    {
      subject: 'Copia del informe {folio}',
      description: 'El original se mojó. Sirve en PDF o impreso.',
      resolution: 'Se envió el PDF y se dejó copia impresa con el mensajero.',
    },
    {
      subject: 'Facturas del último trimestre en un solo archivo',
      description: 'Las necesita nuestra auditoría. Si pueden ir ordenadas por fecha, se lo agradecemos.',
      resolution: 'Se envió el archivo con índice.',
    },
    {
      subject: 'Informe {folio} en inglés para nuestra casa matriz',
      description: 'Basta con la carátula y la tabla de resultados.',
      resolution: 'Se emitió la versión en inglés con la misma validez.',
    },
    {
      subject: 'Informe {folio} con firma y sello',
      description: 'La versión del portal trae firma digital y en la ventanilla la piden de puño y letra.',
      resolution: 'Se firmó, se selló y se entregó en mostrador.',
    },
  ],
  'Nuevo estudio o cotización': [
    {
      subject: 'Cotización de análisis de {estudio}',
      description: 'Serían {cantidad} muestras por mes durante un año. Indicar también el tiempo de entrega.',
      resolution: 'Se envió la cotización con dos opciones y vigencia de treinta días.',
    },
    {
      subject: '¿Hacen pruebas de vida útil de alimentos?',
      description: 'Tenemos tres productos nuevos y el distribuidor pide un estudio a 30, 60 y 90 días.',
      resolution: 'Sí. Se envió el protocolo propuesto y se acordó una llamada para definir temperaturas.',
    },
    {
      subject: 'Plan mensual de muestreo para {cantidad} puntos',
      description: 'Queremos dejar de pedirlo cada vez y que ustedes pasen en fechas fijas.',
      resolution: 'Se acordó calendario para seis meses, con recordatorio dos días antes.',
    },
    {
      subject: 'Agregar metales pesados al análisis de {estudio}',
      description: 'Nos lo pide un cliente de exportación. ¿Cambia el volumen que debemos tomar?',
      resolution: 'Se agregó y se envió el instructivo: medio litro más en envase con ácido.',
    },
  ],
}
