/** What `npm run import -- --help` says. */
export const help = `Importa solicitudes de otro sistema desde un archivo CSV.

  npm run import -- <archivo.csv[.gz]> --map <mapa.json> [--rejects <archivo.csv>]

  --map       Mapa de columnas (JSON). Ejemplo completo: scripts/mapping-madrid-avisos.json
  --rejects   Archivo para las filas que no se pueden cargar, con su línea y el motivo.
              Si no se indica: <archivo>.rechazos.csv en la carpeta actual.

Se puede repetir sin riesgo: lo que ya está cargado no se duplica. Usa la base de datos de DATABASE_URL o, si no
está definida, la propia de la aplicación, que puede seguir en marcha.

El CSV lleva los nombres de las columnas en su primera línea, con coma o punto y coma, y puede estar en gzip.

El mapa:
  origin        Nombre del otro sistema. Obligatorio, sin dos puntos.
  reference     Plantilla de la referencia, única en el origen: "{numero}" o "{año}-{numero}". Obligatoria.
  createdAt     Plantilla de la fecha de creación: "{fecha} {hora}". Obligatoria.
  closedAt      Plantilla de la fecha de cierre (FINALIZADO y CANCELADO); sin ella vale la de creación.
  subject       Plantilla del asunto, o {"firstSentenceOf": "columna"}. Se corta a 150 caracteres. Obligatorio.
  description   Plantilla de la descripción. Obligatoria.
  requester     {"reference": plantilla, "name": plantilla, "anonymousName": nombre para las filas sin solicitante}.
  area          Nombre del área. Obligatorio.
  category      Nombre de la categoría. Obligatorio.
  kind          PROBLEMA o REQUERIMIENTO. Obligatorio.
  status        REGISTRADO, ASIGNADO, EN_PROCESO, FINALIZADO o CANCELADO. Obligatorio.
  priority      BAJA, MEDIA, ALTA o URGENTE. Si no se indica, MEDIA.
  ownerGroups   {"byArea": {"área": "grupo"}, "default": "grupo"}: grupo responsable de los tickets ASIGNADO, EN_PROCESO
                y FINALIZADO. Obligatorio para los dos primeros.
  dates         {"formats": ["iso", "dd/MM/yyyy HH:mm"], "timeZone": "America/Bogota"}. Si no se indica, iso y UTC.
  encoding      "utf-8" o "windows-1252". Si no se indica, utf-8.
  delimiter     "," o ";". Si no se indica, se averigua.

Una plantilla es texto con {columna}; lo que va entre corchetes se omite si una columna de dentro está vacía:
"{servicio}[: {calle}]".

area, category, kind, priority y status se escriben {"column": "columna", "values": {"valor": "resultado"},
"default": "resultado"}. Los valores se comparan sin mayúsculas, acentos ni espacios de más. Un valor que no está en
"values" toma "default"; sin "default" la fila se rechaza. En area y category, sin "values" (o con
"keepUnlisted": true) vale el propio texto de la columna.

Las áreas, categorías, grupos y solicitantes que falten se crean; esos solicitantes todavía no pueden iniciar sesión.`
