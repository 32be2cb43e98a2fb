import type { Stories } from './story.ts'

/** What people report to Mantenimiento about the building. */
export const maintenanceBuilding: Stories = {
  'Electricidad e iluminación': [
    {
      subject: 'Parpadean las lámparas de {lugar}',
      description: 'Todo el día parpadean dos de las seis lámparas. Varias personas terminan con dolor de cabeza.',
      resolution: 'Se cambiaron los dos controladores y se revisaron las demás lámparas. La luz quedó pareja.',
    },
    {
      subject: 'Toma de corriente quemada en {lugar}',
      description:
        'Al conectar la cafetera salió una chispa y la toma quedó negra. Pusimos una silla delante para que nadie ' +
        'la use.',
      resolution:
        'Se reemplazó la toma y el tramo de cable afectado. Se pide conectar la cafetera en la toma señalada con ' +
        'etiqueta verde.',
    },
    {
      subject: 'Se baja el interruptor al encender la estufa de secado',
      description:
        'Si la estufa y el baño maría funcionan a la vez, se va la luz de toda la mesa de {laboratorio}. Por ' +
        'separado no pasa.',
      resolution:
        'El circuito estaba sobrecargado. Se instaló una línea independiente para la estufa y se probó con todo ' +
        'encendido.',
    },
    {
      subject: 'Sin luz en el estacionamiento de la {sede}',
      description:
        'Quienes salimos después de las 19:00 caminamos a oscuras hasta la puerta. Son tres postes seguidos.',
      resolution: 'El sensor de los postes había fallado. Se cambió y quedaron encendidos desde el atardecer.',
    },
    {
      subject: 'La planta de emergencia no entró en el corte del {dia}',
      description:
        'El corte duró unos doce minutos y la planta nunca arrancó. Los congeladores aguantaron, pero no queremos ' +
        'confiarnos.',
      resolution: 'La batería de arranque no cargaba. Se reemplazó y se hizo una prueba con carga de media hora.',
    },
    {
      subject: 'Cable suelto en el paso de {lugar}',
      description: 'Quedó un cable cruzando el paso después del cambio de escritorios. Ya hubo un tropiezo.',
      resolution: 'Se llevó el cable por canaleta y se fijó al piso con cubierta de goma.',
    },
  ],
  'Agua y sanitarios': [
    {
      subject: 'Fuga debajo del lavamanos de {lugar}',
      description: 'Hay una gotera constante. Pusimos una cubeta y se llena en unas dos horas.',
      resolution: 'Se cambió el empaque y la manguera de conexión. Se revisó al día siguiente y seguía seco.',
    },
    {
      subject: 'Sanitario obstruido en la {sede}',
      description: 'Es el del primer piso, junto a la escalera. Ya está cerrado con un letrero.',
      resolution: 'Se destapó con equipo y se retiró material que no debía desecharse ahí. Se colocó un aviso.',
    },
    {
      subject: 'Poca presión de agua en {laboratorio}',
      description: 'El agua sale como un hilo y lavar el material toma el doble. Empezó el {dia}.',
      resolution:
        'La válvula del piso estaba a medio cerrar y el filtro tapado. Se abrió por completo y se limpió el filtro.',
    },
    {
      subject: 'Olor a drenaje en {lugar}',
      description: 'Por las mañanas el olor es muy fuerte. Después de abrir las ventanas baja un poco, pero vuelve.',
      resolution:
        'La coladera se había quedado sin agua. Se rellenó, se colocó una tapa con sello y se programó revisión ' +
        'mensual.',
    },
    {
      subject: 'La ducha de emergencia no cierra por completo',
      description: 'Después de la prueba semanal quedó goteando y el piso de {laboratorio} está resbaloso.',
      resolution: 'Se cambió el sello de la válvula. Se accionó cinco veces y cerró sin goteo.',
    },
  ],
  'Aire acondicionado': [
    {
      subject: 'Demasiado calor en {laboratorio}: el aire no enfría',
      description: 'El termómetro marca 29 °C y el equipo está en 21. Los reactivos de la repisa no deben pasar de 25.',
      resolution: 'Faltaba gas por una fuga en una conexión. Se soldó, se recargó y la temperatura bajó a 22 °C.',
    },
    {
      subject: 'Gotea el aire acondicionado sobre un escritorio',
      description: 'Cae agua justo donde está el equipo de cómputo. Lo movimos, pero ya no hay espacio para trabajar.',
      resolution: 'El desagüe estaba tapado. Se limpió y se corrigió la inclinación de la charola.',
    },
    {
      subject: 'El termostato de {lugar} no obedece',
      description: 'Aunque se cambie la temperatura, el equipo sigue en 17 °C. Estamos trabajando con abrigo 🥶',
      resolution: 'Se cambió el termostato y se dejó limitado entre 20 y 25 °C.',
    },
    {
      subject: 'Ruido fuerte en el extractor de {laboratorio}',
      description:
        'Suena como si algo golpeara la rejilla y se siente vibración en el techo. Lo apagamos por precaución.',
      resolution: 'Una aspa estaba floja. Se balanceó, se ajustó y el ruido desapareció.',
    },
    {
      subject: 'El cuarto de muestras pierde temperatura por las noches',
      description:
        'El registro muestra que entre las 2 y las 5 sube de 4 a 9 °C. De día se mantiene bien.\n\nDejé la gráfica ' +
        'impresa en la puerta del cuarto.',
      resolution:
        'El ciclo de descongelado estaba programado demasiado largo. Se ajustó y tres noches seguidas quedó entre 3 ' +
        'y 5 °C.',
    },
  ],
  'Puertas, cerraduras y mobiliario': [
    {
      subject: 'La puerta de {lugar} no cierra bien',
      description: 'Hay que levantarla para que entre el pestillo. Con el aire se abre sola.',
      resolution: 'Se ajustaron las bisagras y se cambió el cierre automático.',
    },
    {
      subject: 'Se rompió la llave dentro de la cerradura de {lugar}',
      description: 'Quedó la mitad adentro. La puerta está abierta y no queremos dejarla así en la noche.',
      resolution: 'Se extrajo el pedazo, se cambió el cilindro y se entregaron tres copias con firma.',
    },
    {
      subject: 'Silla con respaldo roto en {lugar}',
      description: 'El respaldo se va hacia atrás sin avisar. La apartamos con un letrero para que nadie se siente.',
      resolution: 'Se cambió el mecanismo. La silla volvió al área.',
    },
    {
      subject: 'Cajonera atorada con documentos adentro',
      description: 'Son expedientes que necesitamos el {dia}. La llave gira, pero el cajón no sale.',
      resolution: 'Una carpeta había quedado atravesada. Se abrió sin dañar los documentos y se alineó el riel.',
    },
    {
      subject: 'Ventana de {lugar} que no cierra: entra agua',
      description: 'Con la lluvia de ayer se mojaron dos cajas. Pusimos una bolsa mientras tanto.',
      resolution: 'Se cambió el herraje y se selló el marco. Se probó con manguera y no entró agua.',
    },
  ],
}
