import type { Stories } from './story.ts'

/** What people report to Sistemas about equipment and the network. */
export const itDevices: Stories = {
  'Equipo de cómputo': [
    {
      subject: 'El equipo {equipo} no enciende desde el corte de luz',
      description:
        'Ayer por la tarde hubo un corte breve en {lugar}. Al regresar la energía los demás equipos encendieron, ' +
        'pero este no da ninguna señal. Ya probé con otra toma de corriente y es lo mismo.',
      resolution:
        'La fuente de poder estaba dañada. Se cambió por una del almacén y el equipo quedó conectado a un ' +
        'regulador. No se perdió información.',
    },
    {
      subject: 'Pantalla con rayas verticales en {lugar}',
      description:
        'La pantalla muestra rayas de colores del lado derecho. Si se golpea un poco el borde desaparecen unos ' +
        'minutos y después vuelven.',
      resolution:
        'Era el cable de video, que estaba doblado detrás del escritorio. Se cambió por uno nuevo y se sujetó para ' +
        'que no se vuelva a doblar.',
    },
    {
      subject: 'El equipo tarda más de diez minutos en arrancar',
      description:
        'Desde la semana pasada enciendo el equipo y alcanzo a preparar café antes de que aparezca el escritorio. ' +
        'Una vez que arranca trabaja con normalidad.',
      resolution:
        'El disco presentaba sectores dañados. Se copió todo a un disco nuevo de estado sólido; ahora arranca en ' +
        'menos de un minuto.',
    },
    {
      subject: 'El teclado no escribe "ñ" ni acentos',
      description:
        'Al presionar la tecla de la "ñ" aparece un punto y coma, y los acentos salen separados de la letra.\nNo ' +
        'instalé nada; solo desconecté el teclado para limpiar.',
      resolution:
        'El equipo había quedado con distribución de teclado en inglés. Se restableció el español y se quitó la ' +
        'combinación de teclas que la cambiaba.',
    },
    {
      subject: 'Aviso de disco casi lleno en {equipo}',
      description:
        'Aparece un aviso de que quedan menos de 2 GB libres. No me animo a borrar nada porque hay archivos de ' +
        'varias personas de {lugar}.',
      resolution:
        'Se movieron los respaldos antiguos al servidor y se vaciaron archivos temporales. Quedaron 140 GB libres; ' +
        'nadie perdió documentos.',
    },
    {
      subject: 'Después de actualizar, el equipo pide una clave de recuperación',
      description:
        'Esta mañana terminó una actualización y ahora, antes de entrar, pide una clave de 48 dígitos que no ' +
        'conozco. No puedo trabajar.',
      resolution:
        'Se ingresó la clave que Sistemas tiene en resguardo y se aplicó la corrección del fabricante. Se reinició ' +
        'tres veces sin que la volviera a pedir.',
    },
    {
      subject: '{equipo} se apaga solo con las hojas de cálculo grandes',
      description:
        'Pasa sobre todo por la tarde. El ventilador suena muy fuerte, la parte de abajo se calienta y unos ' +
        'segundos después se apaga sin avisar.',
      resolution:
        'Los ventiladores estaban llenos de polvo. Se limpió por dentro y se cambió la pasta térmica; en una prueba ' +
        'de dos horas se mantuvo a temperatura normal.',
    },
    {
      subject: 'Eco en las videollamadas de {lugar}',
      description:
        'Quienes están del otro lado se escuchan a sí mismos con medio segundo de retraso. Pasa con todas las ' +
        'personas que llaman, no solo con una.',
      resolution:
        'Estaban activos dos micrófonos a la vez. Se dejó solo el de mesa y se pegó una hoja con los pasos para ' +
        'iniciar la reunión.',
    },
  ],
  'Impresoras y escáneres': [
    {
      subject: 'La impresora de {lugar} mancha todas las hojas',
      description:
        'Todas las hojas salen con una franja gris en el margen izquierdo. Cambiamos el cartucho y sigue igual.',
      resolution:
        'Se reemplazó la unidad de imagen, que ya había cumplido su vida útil. Se imprimieron veinte hojas de ' +
        'prueba limpias.',
    },
    {
      subject: 'Las etiquetas de muestras salen cortadas a la mitad',
      description:
        'El código de barras se imprime en el borde y el lector no lo reconoce. Las estamos escribiendo a mano y se ' +
        'está formando fila en Recepción.',
      resolution:
        'El rollo nuevo tenía otra medida. Se ajustó el tamaño en la impresora y se avisó a Compras cuál es la ' +
        'medida correcta.',
    },
    {
      subject: 'El escáner de {lugar} no deja los archivos en la carpeta',
      description: 'El equipo dice "Enviado", pero en la carpeta compartida no aparece nada desde el {dia}.',
      resolution:
        'Había vencido la contraseña de la cuenta que usa el escáner. Se renovó sin vencimiento y se recuperaron ' +
        'los documentos que estaban en espera.',
    },
    {
      subject: 'Se atora el papel en la bandeja 2 de {lugar}',
      description:
        'Cada cinco o seis hojas se detiene. Retiro el papel, sigue un poco y se vuelve a detener. Con la bandeja 1 ' +
        'no pasa.',
      resolution:
        'El rodillo de la bandeja estaba gastado. Se cambió y se imprimieron cien hojas seguidas sin atascos.',
    },
    {
      subject: 'La impresora aparece "sin conexión" aunque está encendida',
      description: 'Los trabajos se quedan en la cola. Otras dos personas de {lugar} tienen lo mismo desde la mañana.',
      resolution:
        'La impresora había cambiado de dirección en la red. Se le asignó una fija y se actualizó en los equipos ' +
        'del área.',
    },
  ],
  'Red e internet': [
    {
      subject: 'Sin red en {lugar}',
      description:
        'Desde las {hora} ningún equipo tiene red. Los teléfonos tampoco funcionan. Somos unas {cantidad} personas ' +
        'sin poder trabajar.',
      resolution:
        'Un cable del armario de comunicaciones estaba suelto por los trabajos de pintura. Se reconectó, se ' +
        'etiquetó y se cerró el armario con llave.',
    },
    {
      subject: 'El wifi de {lugar} se cae todas las tardes',
      description:
        'Entre las 3 y las 5 la señal desaparece unos minutos y vuelve. En la mañana no pasa.\n\nLo notamos más en ' +
        'videollamadas. Con cable no hay problema.',
      resolution:
        'El punto de acceso compartía canal con uno vecino. Se cambió a un canal libre y se dejó en observación ' +
        'tres días sin cortes.',
    },
    {
      subject: 'No abre la carpeta compartida de {lugar}',
      description:
        'Aparece "No tiene acceso a este recurso". Hasta ayer la usaba todos los días y mis compañeros sí entran.',
      resolution:
        'La cuenta había salido por error del grupo de permisos. Se volvió a incluir y se comprobó que puede leer y ' +
        'guardar.',
    },
    {
      subject: 'La conexión remota se corta a los pocos minutos',
      description:
        'Trabajo desde casa dos días por semana. La conexión entra bien, pero se corta más o menos cada diez ' +
        'minutos y pierdo lo que estaba escribiendo.',
      resolution:
        'Se actualizó el programa de conexión y se cambió el modo de enlace. La persona trabajó una mañana completa ' +
        'sin cortes.',
    },
    {
      subject: 'Lentitud en toda la {sede}',
      description:
        'Abrir una página sencilla toma casi un minuto. No es un solo equipo: lo comenté con varias áreas y a todas ' +
        'les pasa.',
      resolution:
        'Un equipo estaba descargando copias completas del servidor. Se detuvo y se limitó ese tráfico al horario ' +
        'nocturno.',
    },
    {
      subject: 'El teléfono interno de {lugar} no da tono',
      description:
        'La pantalla del teléfono dice "Registrando…" y no termina. Las llamadas de clientes no nos están llegando.',
      resolution:
        'El puerto de la pared estaba dañado. Se cambió el conector y la extensión quedó registrada; se hicieron ' +
        'llamadas de entrada y de salida.',
    },
  ],
}
