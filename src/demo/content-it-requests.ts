import type { Stories } from './story.ts'

/** What people ask of Sistemas. */
export const itRequests: Stories = {
  'Alta o cambio de accesos': [
    {
      subject: 'Cuenta para persona de nuevo ingreso: {persona}',
      description:
        'Empieza el {dia} en {laboratorio}. Necesita correo, carpeta del área y acceso al sistema de laboratorio ' +
        'con permiso de captura (sin validar).',
      resolution:
        'Se crearon las cuentas y se entregaron las claves en sobre cerrado. La persona entró y cambió su contraseña.',
    },
    {
      subject: 'Acceso a la carpeta de calidad para {persona}',
      description:
        'Va a preparar los documentos de la próxima auditoría. Basta con lectura en la carpeta general y escritura ' +
        'en la subcarpeta "Evidencias".',
      resolution:
        'Se dieron los permisos con autorización de la jefatura de calidad. Vencen solos dentro de noventa días.',
    },
    {
      subject: 'Cambio de apellido en mi cuenta',
      description:
        'Actualicé mis documentos y quisiera que mi nombre aparezca igual en el correo, en la firma y en los ' +
        'informes que valido.',
      resolution: 'Se cambió el nombre visible en todos los sistemas. La dirección anterior sigue recibiendo mensajes.',
    },
    {
      subject: 'Baja de accesos de {persona}',
      description: 'Su último día es el {dia}. Por favor, reenviar su correo a la jefatura de {lugar} durante un mes.',
      resolution: 'Se cerraron todas las cuentas al terminar la jornada y se dejó el reenvío por treinta días.',
    },
    {
      subject: 'Permiso de consulta en el sistema de laboratorio para {lugar}',
      description:
        'Necesitamos ver el avance de las muestras para responder a los clientes. Solo consulta, sin modificar nada.',
      resolution: 'Se asignó el perfil de consulta a las personas del área y se les mostró cómo filtrar por cliente.',
    },
    {
      subject: 'Desbloquear mi cuenta: olvidé la contraseña al volver de vacaciones',
      description: 'Intenté varias veces y ahora dice que la cuenta está bloqueada. Estoy en {lugar}, extensión 214.',
      resolution: 'Se verificó la identidad por teléfono, se desbloqueó la cuenta y se asignó una contraseña temporal.',
    },
    {
      subject: 'Buzón compartido para {lugar}',
      description:
        'Queremos una sola dirección para recibir solicitudes y que cualquiera del equipo pueda responder sin usar ' +
        'su correo personal.',
      resolution:
        'Se creó el buzón con acceso para cinco personas y quedó activa la respuesta automática fuera de horario.',
    },
  ],
  'Instalación de programas': [
    {
      subject: 'Lector de PDF con firma en {equipo}',
      description:
        'Tengo que firmar los informes en el mismo equipo y el lector que está instalado no permite agregar el ' +
        'certificado.',
      resolution: 'Se instaló el lector, se cargó el certificado y se firmó un documento de prueba.',
    },
    {
      subject: 'Programa del nuevo espectrofotómetro',
      description:
        'El proveedor dejó un disco con el programa y una licencia. El equipo pide permisos de administrador para ' +
        'instalarlo. Queda en {laboratorio}.',
      resolution:
        'Se instaló junto con el controlador del puerto. El instrumento respondió y se hizo una lectura de prueba ' +
        'con agua destilada.',
    },
    {
      subject: 'Actualizar la hoja de cálculo en los equipos de {lugar}',
      description:
        'La plantilla nueva de control usa funciones que nuestra versión no reconoce y muestra "#¿NOMBRE?" en todas ' +
        'las celdas.',
      resolution: 'Se actualizaron los equipos del área fuera de horario. La plantilla abrió bien en todos.',
    },
    {
      subject: 'Corrector en español para el editor de textos',
      description:
        'El corrector marca como error casi todas las palabras porque está en otro idioma. Sería útil para toda el ' +
        'área.',
      resolution: 'Se instaló el paquete de idioma y quedó como predeterminado en los equipos del área.',
    },
    {
      subject: 'Programa para comprimir videos de capacitación',
      description:
        'Los videos pesan más de 1 GB y no se pueden subir al aula virtual. Con que quede en un solo equipo de ' +
        '{lugar} es suficiente.',
      resolution: 'Se instaló un programa libre y se dejó una guía de una página con los valores recomendados.',
    },
  ],
  'Equipo nuevo o préstamo': [
    {
      subject: 'Préstamo de proyector para el {dia}',
      description:
        'Tenemos una presentación con un cliente a las {hora} en la sala de juntas. También necesitamos un cable ' +
        'largo, si hay.',
      resolution: 'Se entregó el proyector con cable de diez metros y adaptador. Se recibió de vuelta completo.',
    },
    {
      subject: 'Segunda pantalla para {lugar}',
      description:
        'Comparamos la hoja de trabajo con el sistema todo el día y con una sola pantalla hay que cambiar de ' +
        'ventana a cada momento.',
      resolution: 'Se instaló una pantalla de 24 pulgadas con brazo. Quedó registrada en el inventario del área.',
    },
    {
      subject: 'Equipo portátil para visitas a clientes',
      description:
        'Hoy llevamos los formatos en papel y luego se capturan dos veces. Con un equipo ligero podríamos capturar ' +
        'en el lugar.',
      resolution: 'Se asignó un equipo portátil con conexión de datos y disco cifrado. La persona firmó el resguardo.',
    },
    {
      subject: 'Teclado y mouse inalámbricos para {lugar}',
      description:
        'Los cables estorban en la mesa de trabajo y ya hubo un derrame por eso 🙈. Si pueden ser lavables, mejor.',
      resolution: 'Se entregó un juego lavable y se retiró el anterior. Pilas de repuesto en el cajón del área.',
    },
    {
      subject: 'Cámara y micrófono para audiencias a distancia',
      description:
        'Participaremos en reuniones con la autoridad sanitaria cada mes y el audio del equipo portátil no alcanza ' +
        'para toda la mesa.',
      resolution: 'Se instaló una cámara con micrófono de mesa y se hizo una llamada de prueba con seis personas.',
    },
  ],
  'Acceso al portal de resultados': [
    {
      subject: 'Usuario del portal para {persona}',
      description:
        'Queda a cargo de calidad en nuestra empresa. Debe ver todos los informes y recibir los avisos por correo.',
      resolution: 'Se creó el usuario y se envió la invitación. El cliente confirmó el ingreso.',
    },
    {
      subject: 'Agregar una sucursal a nuestra cuenta del portal',
      description:
        'Abrimos un local más y queremos ver sus informes con el mismo usuario, pero separados por sucursal.',
      resolution: 'Se agregó la sucursal y ya aparece en el filtro. Los informes anteriores no cambiaron.',
    },
    {
      subject: 'Retirar el acceso de {persona}',
      description: 'Ya no trabaja con nosotros. Agradecemos que se haga hoy mismo por favor.',
      resolution:
        'Se retiró el acceso y se cerraron sus sesiones abiertas. Los informes siguen disponibles para los demás ' +
        'usuarios.',
    },
    {
      subject: 'Recibir los avisos de resultados en dos correos',
      description:
        'Queremos que lleguen a la responsable de planta y también al buzón de calidad, para no depender de una ' +
        'sola persona.',
      resolution: 'Se agregó la segunda dirección y se envió un aviso de prueba que llegó a ambas.',
    },
  ],
}
