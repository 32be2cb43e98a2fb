import type { Stories } from './story.ts'

/** What employees bring to Compras. */
export const purchasing: Stories = {
  'Pedido incompleto o equivocado': [
    {
      subject: 'Llegaron guantes de otra talla para {laboratorio}',
      description: 'Pedimos talla chica y llegaron {cantidad} cajas de talla grande. Nadie del área los puede usar.',
      resolution: 'El proveedor recogió las cajas y entregó la talla correcta sin costo.',
    },
    {
      subject: 'Pedido {folio} incompleto: faltan puntas de pipeta',
      description: 'La nota dice diez bolsas y llegaron siete. Tomamos una foto antes de abrir la caja.',
      resolution: 'Se recibieron las tres bolsas faltantes y se corrigió la entrada de almacén.',
    },
    {
      subject: 'Reactivo con caducidad demasiado próxima',
      description:
        'Vence en cinco semanas y nos rinde unos cuatro meses. Está sin abrir en el refrigerador de {laboratorio}.',
      resolution: 'Se cambió por un lote con catorce meses de vigencia. El contrato pedirá un mínimo de doce.',
    },
    {
      subject: 'Viales rotos en el pedido {folio}',
      description: 'La caja venía golpeada de una esquina. Se rompieron unos veinte viales y el resto parece bien.',
      resolution: 'La aseguradora del transporte aceptó el reclamo. Se repusieron los viales.',
    },
  ],
  'Pedido atrasado': [
    {
      subject: 'Sin noticias del pedido {folio}',
      description: 'La fecha prometida era el {dia}. En {laboratorio} nos quedan existencias para unos tres días.',
      resolution: 'Estaba detenido por un dato de facturación. Se corrigió y se entregó al día siguiente.',
    },
    {
      subject: 'Atraso en la entrega de papel para impresoras',
      description: 'Llevamos dos semanas pidiendo hojas prestadas a otras áreas.',
      resolution: 'El proveedor no tenía existencias. Se compró a otro y se repartió en todas las áreas.',
    },
    {
      subject: 'El filtro para {laboratorio} lleva tres semanas de espera',
      description: 'El fabricante dijo diez días. Sin ese filtro el equipo de agua purificada sigue parado.',
      resolution: 'Llegó y se entregó en el área. Se pidió uno más para tener reserva.',
    },
    {
      subject: 'Uniformes sin entregar',
      description:
        'Tomaron las tallas hace más de un mes. Las personas nuevas de {laboratorio} trabajan con bata prestada.',
      resolution: 'Se entregaron todos los juegos; dos se enviaron a ajuste de talla.',
    },
  ],
  'Compra de materiales': [
    {
      subject: 'Bolsas estériles para {laboratorio}',
      description: 'Necesitamos {cantidad} paquetes de la misma marca que la vez anterior, con banda para escribir.',
      resolution: 'Entregadas en el área. Quedó un pedido mensual para no volver a quedar sin existencias.',
    },
    {
      subject: 'Material de oficina para {lugar}',
      description: '- Marcadores de tinta indeleble\n- Cinta transparente\n- Carpetas tamaño carta\n- Dos engrapadoras',
      resolution:
        'Se entregó todo excepto las carpetas, que se sustituyeron por otras equivalentes con acuerdo del área.',
    },
    {
      subject: 'Zapatos de seguridad para {cantidad} personas',
      description: 'Son para quienes mueven tanques de gas. La lista de tallas la tiene Mantenimiento.',
      resolution: 'Se entregaron con firma de cada persona.',
    },
    {
      subject: 'Hielo seco para los envíos del {dia}',
      description: 'Calculamos quince kilos. Debe llegar antes de las {hora}, porque el mensajero pasa temprano.',
      resolution: 'Llegó a tiempo y con el peso solicitado.',
    },
    {
      subject: 'Batas de laboratorio para {cantidad} personas',
      description: 'De manga larga, puño ajustado y tela que resista cloro. Colores según el área.',
      resolution: 'Se compraron con bordado y se entregaron en dos partes.',
    },
  ],
  Cotización: [
    {
      subject: 'Cotización de un refrigerador para {laboratorio}',
      description: 'De unos 400 litros, con registro de temperatura y puerta de vidrio. Con dos opciones basta.',
      resolution: 'Se enviaron tres opciones con tiempo de entrega. El área eligió la segunda.',
    },
    {
      subject: 'Comparar precios de mensajería refrigerada',
      description: 'El servicio actual subió sus tarifas. Mandamos unas {cantidad} cajas por semana desde la {sede}.',
      resolution: 'Se compararon cuatro empresas. Se cambia a una con entrega en 24 horas y 12 % de ahorro.',
    },
    {
      subject: 'Cotización de {cantidad} sillas ergonómicas',
      description: 'Con soporte lumbar y altura ajustable. Si hay descuento por cantidad, mejor.',
      resolution: 'Se cotizó con dos proveedores y se probaron muestras en el área.',
    },
  ],
  'Alta de proveedor': [
    {
      subject: 'Alta de proveedor: servicio de calibración',
      description:
        'Está acreditado y ya hizo un trabajo de prueba en {laboratorio}. Tengo sus documentos en una carpeta.',
      resolution: 'Alta completa después de revisar la acreditación y las referencias.',
    },
    {
      subject: 'Actualizar los datos bancarios de un proveedor',
      description:
        'El proveedor de gases cambió de banco y mandó una carta. Por favor, confirmar por teléfono antes de ' +
        'cambiar nada.',
      resolution: 'Se confirmó por teléfono con el contacto registrado y se actualizó con doble autorización.',
    },
  ],
}
