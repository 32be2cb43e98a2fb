import type { Stories } from './story.ts'

/** Laboratory equipment, works and regular maintenance. */
export const maintenanceWorks: Stories = {
  'Equipo de laboratorio': [
    {
      subject: 'La centrífuga de {laboratorio} vibra y se detiene',
      description:
        'Con carga balanceada llega a la mitad de la velocidad, vibra mucho y marca desbalance. La dejamos fuera de ' +
        'uso.',
      resolution: 'Los amortiguadores estaban vencidos. Se reemplazaron y se verificó la velocidad con tacómetro.',
    },
    {
      subject: 'Alarma de temperatura en el congelador de {laboratorio}',
      description:
        'Subió de -20 a -12 °C en la noche. Pasamos las muestras al congelador de respaldo. Se necesita hoy: el de ' +
        'respaldo está casi lleno.',
      resolution: 'El sello de la puerta estaba cortado. Se cambió y el congelador recuperó -20 °C en cinco horas.',
    },
    {
      subject: 'La balanza analítica de {laboratorio} no estabiliza',
      description: 'Los últimos dos decimales cambian todo el tiempo. Nivelamos y cerramos las puertas; sigue igual.',
      resolution:
        'La corriente de aire del difusor le daba de frente. Se desvió el difusor, se niveló y se verificó con ' +
        'pesas patrón.',
    },
    {
      subject: 'La autoclave no llega a la presión',
      description: 'Se queda en la mitad y cancela el ciclo. Hay {cantidad} cargas de material en espera.',
      resolution:
        'La válvula de purga no cerraba. Se reemplazó y se corrieron dos ciclos con indicador biológico correcto.',
    },
    {
      subject: 'La campana de extracción se apaga sola en {laboratorio}',
      description: 'Funciona unos veinte minutos y se detiene. No se puede trabajar con ácidos así.',
      resolution:
        'El motor se sobrecalentaba por filtros saturados. Se cambiaron los filtros y se midió la velocidad de aire.',
    },
  ],
  'Cambio de lugar o adecuación': [
    {
      subject: 'Mover {cantidad} escritorios a {lugar}',
      description:
        'El equipo crece y necesitamos reacomodar el espacio. Anexo en papel el croquis, con las tomas de corriente ' +
        'marcadas.',
      resolution: 'Se movieron el sábado por la mañana y se comprobaron red y corriente en cada lugar.',
    },
    {
      subject: 'Repisas para reactivos en {laboratorio}',
      description: 'Serían tres repisas de un metro, con borde para que los frascos no resbalen.',
      resolution: 'Se instalaron con soporte para treinta kilos cada una y borde de acrílico.',
    },
    {
      subject: 'Pintar la pared de {lugar} dañada por humedad',
      description:
        'La pintura se está descascarando y cae polvo sobre la mesa. Convendría revisar antes de dónde viene la ' +
        'humedad.',
      resolution: 'Se selló una grieta exterior, se dejó secar y se pintó con pintura lavable.',
    },
    {
      subject: 'Instalar un pizarrón en {lugar}',
      description: 'Ya lo compramos, mide 1.20 × 0.90. Solo falta colgarlo en la pared del fondo.',
      resolution: 'Se instaló a la altura que pidió el área.',
    },
    {
      subject: 'Rampa portátil para la entrada de la {sede}',
      description:
        'Recibimos a una persona en silla de ruedas y hubo que cargarla por los dos escalones. No debería volver a ' +
        'pasar.',
      resolution: 'Se colocó una rampa antiderrapante con barandal y se señaló la entrada accesible.',
    },
  ],
  'Mantenimiento programado': [
    {
      subject: 'Limpieza de filtros de aire en {lugar}',
      description: 'Según la etiqueta, la última limpieza fue hace siete meses y corresponde cada seis.',
      resolution: 'Se lavaron los filtros y se anotó la fecha en la etiqueta.',
    },
    {
      subject: 'Revisión anual de extintores en la {sede}',
      description: 'Vencen a fin de mes. La auditoría los revisa en su recorrido.',
      resolution: 'El proveedor recargó nueve y reemplazó dos. Quedaron con etiqueta nueva.',
    },
    {
      subject: 'Verificación de termómetros de {laboratorio}',
      description: 'Son {cantidad} termómetros. Pueden recogerlos cualquier mañana; tenemos de reserva.',
      resolution: 'Se verificaron contra patrón. Uno quedó fuera de tolerancia y se dio de baja.',
    },
    {
      subject: 'Fumigación de {lugar} el fin de semana',
      description: 'Vimos insectos junto a la ventana. Pedimos que sea fuera de horario y con aviso previo.',
      resolution: 'Se fumigó el sábado y se ventiló el domingo. Se entregó el certificado al área de Calidad.',
    },
  ],
}
