import type { Stories } from './story.ts'

/** What people report to Sistemas about mail, the laboratory system and the portal of results. */
export const itSoftware: Stories = {
  'Correo electrónico': [
    {
      subject: 'No recibo correos de fuera desde ayer',
      description:
        'Los mensajes internos llegan bien. Los de clientes y proveedores no, y ellos no reciben ningún aviso de ' +
        'error.',
      resolution:
        'Una regla del filtro los enviaba a cuarentena. Se corrigió la regla y se liberaron 37 mensajes detenidos.',
    },
    {
      subject: 'Buzón lleno: no puedo enviar ni borrar',
      description:
        'Dice que superé el límite. Al intentar borrar mensajes viejos aparece otro error y se cierra la ventana.',
      resolution:
        'Se amplió la cuota y se archivaron los mensajes de más de dos años en una carpeta que puede consultarse ' +
        'siempre.',
    },
    {
      subject: '⚠️ Correo sospechoso que pide confirmar mi contraseña',
      description:
        'Me llegó un mensaje que dice venir de "Soporte TI" y pide entrar a un enlace antes de las {hora}. No abrí ' +
        'nada, pero sé que a otras personas de {lugar} también les llegó.',
      resolution:
        'Era un intento de engaño. Se bloqueó el remitente y el enlace, se retiró el mensaje de todos los buzones y ' +
        'nadie había ingresado datos. Gracias por avisar a tiempo.',
    },
    {
      subject: 'Los correos muestran <b>negritas</b> y &nbsp; como texto',
      description:
        'En los avisos que enviamos a clientes se lee literalmente <b>Estimado cliente</b> y aparecen símbolos como ' +
        '&nbsp; y &eacute; en medio de las palabras. 😕\n\nAdjuntaría una captura, pero el correo tampoco me deja.',
      resolution:
        'La plantilla se estaba enviando como texto simple. Se cambió el tipo de mensaje y se reenviaron los avisos ' +
        'del día.',
    },
    {
      subject: 'Mis mensajes a {cliente} regresan con error',
      description:
        'El rechazo dice "550 remitente no autorizado". A otras direcciones sí salen. Necesitamos mandarles un ' +
        'informe hoy.',
      resolution:
        'Faltaba publicar el registro que autoriza a nuestro nuevo servidor de salida. Se publicó y el cliente ' +
        'confirmó que ya recibe.',
    },
    {
      subject: 'Desapareció una carpeta completa del buzón compartido',
      description:
        'La carpeta se llamaba "Reclamos en curso" y tenía unos 200 mensajes. Ayer a las {hora} todavía estaba.',
      resolution:
        'Alguien la arrastró dentro de otra carpeta sin notarlo. Se devolvió a su lugar; no faltaba ningún mensaje.',
    },
  ],
  'Sistema de laboratorio': [
    {
      subject: 'No se guardan los resultados de {estudio}',
      description:
        'Capturo los valores, presiono Guardar y la pantalla vuelve a quedar vacía. Intenté tres veces. Con otros ' +
        'estudios funciona.',
      resolution:
        'El límite de caracteres de un campo era menor que el del formato nuevo. Se amplió y se recuperaron los ' +
        'valores capturados.',
    },
    {
      subject: 'El sistema de laboratorio se cierra al imprimir el informe',
      description:
        '1. Abro el informe validado.\n2. Elijo Imprimir.\n3. Se cierra todo sin ningún mensaje.\n\nSucede en ' +
        '{equipo} y también en el equipo de al lado.',
      resolution:
        'Faltaba un tipo de letra que usa la plantilla nueva. Se instaló en los equipos del área y se imprimieron ' +
        'los informes pendientes.',
    },
    {
      subject: 'Folio duplicado: {folio}',
      description:
        'Dos muestras distintas quedaron con el mismo folio y el sistema mezcla sus datos. No hemos validado ' +
        'ninguna de las dos para no empeorar.',
      resolution:
        'Se separaron los registros y se asignó un folio nuevo a la segunda muestra. Se corrigió el caso en que dos ' +
        'personas registran al mismo tiempo.',
    },
    {
      subject:
        'Al capturar resultados con tres decimales en Química el sistema redondea sin avisar, y el valor impreso ya ' +
        'no coincide con el de la hoja de trabajo',
      description:
        'Ejemplo: capturo 0.125 y el informe muestra 0.13.\nPara algunos parámetros esa diferencia cambia el ' +
        'dictamen.\n\nRevisé cinco informes de esta semana:\n- dos estaban bien,\n- tres salieron redondeados.\n\n' +
        'Pedimos corregirlo antes de liberar los informes pendientes.',
      resolution:
        'Se configuraron tres decimales en los parámetros de Química y se volvieron a emitir los informes afectados ' +
        'con la leyenda de corrección.',
    },
    {
      subject: 'Unidades equivocadas en el informe de {estudio}',
      description:
        'En pantalla dice mg/L y en el informe impreso µg/L. El número es el mismo, así que el resultado parece mil ' +
        'veces menor.',
      resolution:
        'La plantilla tenía la unidad escrita como texto fijo. Se ligó al dato del parámetro y se revisaron las ' +
        'demás plantillas.',
    },
    {
      subject: 'No puedo validar: el botón aparece en gris',
      description:
        'Tengo asignada la validación de {laboratorio} y desde el {dia} el botón está desactivado. Hay {cantidad} ' +
        'informes detenidos.',
      resolution:
        'El certificado de firma había vencido. Se renovó y se validaron los informes pendientes junto con la persona.',
    },
    {
      subject: 'El lector de códigos duplica dígitos en {laboratorio}',
      description:
        'Al leer la etiqueta escribe el folio dos veces seguidas y el sistema responde que no existe. Limpiamos el ' +
        'lector y sigue igual.',
      resolution:
        'El lector estaba configurado en modo de repetición. Se restableció de fábrica con el código del manual y ' +
        'se probó con cincuenta etiquetas.',
    },
  ],
  'Portal de resultados': [
    {
      subject: 'No puedo descargar el informe {folio}',
      description:
        'El informe aparece como disponible, pero al presionar Descargar se abre una página que dice que el enlace ' +
        'venció. Lo intenté con dos navegadores.',
      resolution:
        'El enlace se generaba con la hora de otro servidor. Se corrigió y el cliente confirmó que descargó el ' +
        'informe.',
    },
    {
      subject: 'El portal muestra informes de otra de nuestras sucursales',
      description:
        'Cada sucursal debería ver solo lo suyo. Desde ayer vemos también los informes de la sucursal del puerto.',
      resolution:
        'Las dos sucursales habían quedado bajo la misma clave de cliente. Se separaron y cada una volvió a ver ' +
        'únicamente sus informes.',
    },
    {
      subject: 'No llega el correo para cambiar la contraseña del portal',
      description: 'Pedí el cambio tres veces. Revisé también la carpeta de correo no deseado y no hay nada.',
      resolution:
        'La dirección registrada tenía una letra cambiada. Se corrigió con la autorización del contacto principal y ' +
        'el mensaje llegó al momento.',
    },
    {
      subject: 'El archivo descargado está dañado',
      description: 'Descargo el informe {folio} y el lector de PDF dice que el archivo está incompleto. Pesa 0 KB.',
      resolution:
        'El archivo no había terminado de generarse al publicarlo. Se generó de nuevo y ahora el portal espera a ' +
        'que esté completo.',
    },
    {
      subject: 'La página se queda en blanco desde el teléfono',
      description:
        'En el escritorio veo bien los resultados. En el teléfono ingreso, aparece el logotipo un segundo y después ' +
        'todo queda en blanco.',
      resolution:
        'El navegador del teléfono guardaba una versión anterior de la página. Se publicó una corrección que obliga ' +
        'a cargar la nueva.',
    },
    {
      subject: 'Las fechas de muestreo salen con un día menos',
      description:
        'En los informes de esta semana la fecha de muestreo es la del día anterior. La hoja de campo tiene la ' +
        'fecha correcta.',
      resolution:
        'El portal convertía la fecha a otra zona horaria. Se corrigió y se actualizaron los informes publicados ' +
        'desde el {dia}.',
    },
  ],
}
